using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace RailCluster.Generation;

/// <summary>
/// Reads runs of tokens such as &lt;0x0A&gt; as bytes. A run that is UTF-8 as a whole becomes its text, and any other one U+FFFD for
/// each of its bytes: so a run is held back until it ends.
/// </summary>
internal sealed class ByteFallbackText(TextStage next) : TextStage(next)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly List<byte> _run = [];

    /// <inheritdoc/>
    protected override bool HoldsHere => _run.Count > 0 && IsText();

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> text)
    {
        if (text is ['<', '0', 'x', _, _, '>'] && TryReadByte(text[3..5], out byte value))
        {
            _run.Add(value);
            return;
        }

        Flush();
        Next!.Write(text);
    }

    /// <inheritdoc/>
    public override void End()
    {
        Flush();
        base.End();
    }

    private void Flush()
    {
        if (_run.Count == 0)
            return;
        if (IsText())
        {
            Next!.Write(Strict.GetString(CollectionsMarshal.AsSpan(_run)));
        }
        else
        {
            foreach (byte _ in _run)
                Next!.Write("\ufffd");
        }

        _run.Clear();
    }

    // As Rust reads a number: a sign in front is taken, too.
    private static bool TryReadByte(ReadOnlySpan<char> digits, out byte value) =>
        byte.TryParse(digits[0] == '+' ? digits[1..] : digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    private bool IsText() => System.Text.Unicode.Utf8.IsValid(CollectionsMarshal.AsSpan(_run));
}
