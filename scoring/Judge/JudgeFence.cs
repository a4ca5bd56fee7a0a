using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RailCluster.Scoring;

/// <summary>
/// The lines around what is judged. They hold a mark that is made from the content by hash and does not occur in it, and the content is one line, so
/// that nothing within can end the fence.
/// </summary>
internal sealed class JudgeFence
{
    private const int MarkBytes = 6;

    /// <summary>A fence for some lines of JSON.</summary>
    public JudgeFence(params ReadOnlySpan<string> lines)
        : this(MarkBytes, lines)
    {
    }

    /// <summary>The same with a mark of another length.</summary>
    internal JudgeFence(int markBytes, ReadOnlySpan<string> lines)
    {
        string content = string.Join('\n', lines!);
        for (var round = 0; ; round++)
        {
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{round}\n{content}")));
            Mark = Convert.ToHexStringLower(hash.AsSpan(0, markBytes));
            if (!content.Contains(Mark, StringComparison.OrdinalIgnoreCase))
                return;
        }
    }

    /// <summary>12 hex digits.</summary>
    public string Mark { get; }

    /// <summary>One of the lines, fenced.</summary>
    public string Around(string line) => $"==== DATA {Mark} BEGIN ====\n{line}\n==== DATA {Mark} END ====";
}
