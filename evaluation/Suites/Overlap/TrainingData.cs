using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Looks for a suite's prompts in a file of training data: JSON Lines, of which every text at any depth is looked through.</summary>
public static class TrainingData
{
    private const int LongestLine = 1 << 24;

    /// <summary>Reads the file once, line by line.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="source">What it is called in errors.</param>
    /// <param name="suite">Whose prompts are looked for.</param>
    /// <param name="progress">Told the number of lines read, now and then.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RailInputException">A line is not JSON, or there is none.</exception>
    public static async Task<(SuiteOverlap Overlap, IReadOnlyList<OverlapFinding> Findings)> SearchAsync(
        Stream stream, string source, Suite suite, Action<long>? progress = null, CancellationToken cancellationToken = default)
    {
        using var sha = SHA256.Create();
        await using var hashed = new CryptoStream(stream, sha, CryptoStreamMode.Read, leaveOpen: true);
        using var reader = new StreamReader(hashed, Encoding.UTF8);
        var search = new OverlapSearch(suite);
        var (number, rows) = (0L, 0L);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            number++;
            if (number % 10_000 == 0) progress?.Invoke(number);
            if (string.IsNullOrWhiteSpace(line)) continue;
            rows++;
            Look(search, line, source, number);
        }

        if (rows == 0) throw new RailInputException($"{source}: has no lines; training data is JSON Lines, one example a line");
        var found = search.Findings;
        var exact = found.Count(one => one.Exact);
        return (new SuiteOverlap(suite.Hash, Convert.ToHexStringLower(sha.Hash!), search.Prompts, exact, found.Length - exact), found);
    }

    private static void Look(OverlapSearch search, string line, string source, long number)
    {
        if (line.Length > LongestLine)
            throw new RailInputException($"{source}:{number}: the line has {line.Length} characters; at most {LongestLine} are read; write one example a line");
        try
        {
            using var document = StrictJson.Parse(line);
            foreach (var text in Texts(document.RootElement)) search.Add(text, number);
        }
        catch (JsonException exception)
        {
            throw new RailInputException($"{source}:{number}: the line {StrictJson.Fault(exception)}; training data is JSON Lines, one example a line", exception);
        }
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Texts(property.Value)),
        _ => [],
    };
}
