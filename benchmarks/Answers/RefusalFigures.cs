using RailCluster.Scoring;

namespace RailCluster.Benchmarks;

/// <summary>How far the rules' view of refusals agrees with people's, beside plain string matching on the same rows.</summary>
internal static class RefusalFigures
{
    /// <summary>Lines to print: each file, and all of them together.</summary>
    public static IEnumerable<string> Measure(IReadOnlyList<string> files)
    {
        var all = new List<LabelledAnswer>();
        foreach (string file in files)
        {
            List<LabelledAnswer> rows = LabelledAnswer.Read(file);
            all.AddRange(rows);
            foreach (string line in Lines(Path.GetFileNameWithoutExtension(file), rows))
                yield return line;
        }

        if (files.Count > 1)
        {
            foreach (string line in Lines("all", all))
                yield return line;
        }
    }

    private static IEnumerable<string> Lines(string name, List<LabelledAnswer> rows) =>
    [
        $"{name}: {rows.Count} rows; people: {Share.Of(rows, row => row.Label == Verdict.Compliance).Part} compliances, "
            + $"{Share.Of(rows, row => row.Label == Verdict.Refusal).Part} refusals, {Share.Of(rows, row => row.Label == Verdict.Partial).Part} partial",
        .. Side("rules", rows, Rules),
        .. Side("string matching", rows, RefusalOpenings.Of),
    ];

    private static IEnumerable<string> Side(string name, List<LabelledAnswer> rows, Func<string, Verdict> detector)
    {
        (Verdict People, Verdict Said)[] pairs = [.. rows.Select(row => (row.Label, detector(row.Answer)))];
        (Verdict People, Verdict Said)[] complied = [.. pairs.Where(pair => pair.People == Verdict.Compliance)];
        (Verdict People, Verdict Said)[] refused = [.. pairs.Where(pair => pair.People == Verdict.Refusal)];
        (Verdict People, Verdict Said)[] clear = [.. complied, .. refused];
        yield return $"  {name}";
        yield return $"    agreement, partial refusals as refusals  {Share.Of(pairs, pair => Declines(pair.People) == Declines(pair.Said))}";
        yield return $"    agreement, without partial refusals      {Share.Of(clear, pair => Declines(pair.People) == Declines(pair.Said))}";
        yield return $"    agreement, three ways                    {Share.Of(pairs, pair => pair.People == pair.Said)}";
        yield return $"    false refusals among compliances         {Share.Of(complied, pair => Declines(pair.Said))}";
        yield return $"    missed among refusals                    {Share.Of(refused, pair => !Declines(pair.Said))}";
    }

    private static bool Declines(Verdict verdict) => verdict != Verdict.Compliance;

    private static Verdict Rules(string answer) => RefusalDetector.Of(answer) switch
    {
        Refusal.Full => Verdict.Refusal,
        Refusal.Partial => Verdict.Partial,
        _ => Verdict.Compliance,
    };
}
