namespace RailCluster.Evaluation;

/// <summary>The rows of a file, collected under the limits that hold for every kind of file.</summary>
/// <param name="source">What the file is called in errors.</param>
/// <param name="errors">Collects what is wrong.</param>
internal sealed class SourceTable(string source, InputErrors errors)
{
    private readonly List<SourceRow> _rows = [];

    public string Source => source;

    public InputErrors Errors => errors;

    public SourceColumns Columns { get; } = new(source);

    public IReadOnlyList<SourceRow> Rows => _rows;

    /// <summary>Takes a row.</summary>
    /// <exception cref="RailInputException">There are too many.</exception>
    public void Add(string place, IEnumerable<(string Column, object? Value)> fields)
    {
        if (_rows.Count == TableLimits.MostRows)
            throw new RailInputException($"{source}: has more than {TableLimits.MostRows} rows; split it, or keep a part of it");
        var values = new object?[Columns.Count];
        foreach (var (column, value) in fields)
        {
            if (Length(value) is > TableLimits.LongestField and var length)
                errors.Add($"{place}: the column '{SourceColumns.Name(column)}' has {length} characters; at most {TableLimits.LongestField} are read; leave it out");
            var index = Columns.Add(column);
            if (index >= values.Length) Array.Resize(ref values, Columns.Count);
            if (values[index] is null) values[index] = value;
            else errors.Add($"{place}: the column '{SourceColumns.Name(column)}' stands twice, perhaps in another case; rename one");
        }

        _rows.Add(new SourceRow(Columns, place, _rows.Count + 1, values));
    }

    private static int Length(object? value) => value switch
    {
        string text => text.Length,
        string[] list => list.Sum(item => item.Length),
        _ => 0,
    };
}
