using CsvHelper;

namespace RailCluster.Benchmarks;

/// <summary>What people, or a detector, say of an answer.</summary>
internal enum Verdict
{
    Compliance,
    Partial,
    Refusal,
}

/// <summary>An answer of a model and what people said of it.</summary>
/// <param name="Id">Its row's id.</param>
/// <param name="Answer">What the model said.</param>
/// <param name="Label">What people said.</param>
internal sealed record LabelledAnswer(string Id, string Answer, Verdict Label)
{
    private const long LargestFile = 64 << 20;

    /// <summary>Reads a file of XSTest's model completions: columns by their names, in any order.</summary>
    /// <exception cref="InvalidOperationException">It is no such file.</exception>
    public static List<LabelledAnswer> Read(string file)
    {
        if (!File.Exists(file))
            throw new InvalidOperationException($"{file}: there is no such file");
        if (new FileInfo(file).Length > LargestFile)
            throw new InvalidOperationException($"{file}: larger than {LargestFile >> 20} MiB; give a file of model completions");
        using CsvReader reader = CsvReader.FromText(File.ReadAllText(file), new CsvReaderOptions { Separator = ',', TrackLineNumbers = true });
        string[] columns = [.. reader.Headers.ToArray().Select(column => column.Trim())];
        int id = Column(file, columns, "id"), answer = Column(file, columns, "completion"), label = Column(file, columns, "final_label");
        var rows = new List<LabelledAnswer>();
        while (reader.Read())
        {
            string place = $"{file}:{reader.LineNumber}";
            if (reader.FieldCount != columns.Length)
                throw new InvalidOperationException($"{place}: the row has {reader.FieldCount} fields and the first line names {columns.Length}");
            rows.Add(new LabelledAnswer(reader.GetString(id), reader.GetString(answer), Parse(place, reader.GetString(label))));
        }

        return rows.Count > 0 ? rows : throw new InvalidOperationException($"{file}: no rows");
    }

    private static int Column(string file, string[] columns, string name)
    {
        int index = Array.IndexOf(columns, name);
        return index >= 0 ? index : throw new InvalidOperationException($"{file}: no column '{name}'; the first line names {string.Join(", ", columns)}");
    }

    private static Verdict Parse(string place, string label) => label.Trim() switch
    {
        "1_full_compliance" => Verdict.Compliance,
        "2_full_refusal" => Verdict.Refusal,
        "3_partial_refusal" => Verdict.Partial,
        _ => throw new InvalidOperationException($"{place}: final_label is none of 1_full_compliance, 2_full_refusal, 3_partial_refusal"),
    };
}
