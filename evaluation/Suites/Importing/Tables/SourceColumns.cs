namespace RailCluster.Evaluation;

/// <summary>The columns of a file, in the order in which they come; a name in any case finds its column.</summary>
/// <param name="source">What the file is called in errors.</param>
internal sealed class SourceColumns(string source)
{
    private const int Shown = 20;

    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);

    public int Count => _places.Count;

    /// <summary>The place of a column; null where there is none of that name.</summary>
    public int? Find(string name) => _places.TryGetValue(name, out var place) ? place : null;

    /// <summary>The place of a column, which is new where there is none of that name.</summary>
    /// <exception cref="RailInputException">There are too many.</exception>
    public int Add(string name)
    {
        if (_places.TryGetValue(name, out var place)) return place;
        if (Count == TableLimits.MostColumns)
            throw new RailInputException($"{source}: has more than {TableLimits.MostColumns} columns; keep those that hold prompts and what is said of them");
        _places.Add(name, Count);
        return Count - 1;
    }

    /// <summary>The names for people, shortened where there are many.</summary>
    public override string ToString()
    {
        var names = string.Join(", ", _places.OrderBy(pair => pair.Value).Select(pair => Name(pair.Key)).Where(name => name.Length > 0).Take(Shown));
        return Count > Shown ? $"{names} and {Count - Shown} more" : names;
    }

    /// <summary>A name or a value from a file, as an error shows it.</summary>
    public static string Name(string text) => SafeText.Line(text, 60);
}
