using System.Collections.Immutable;

namespace RailCluster.Evaluation;

/// <summary>Which columns of a table say what.</summary>
/// <param name="Columns">Column by field, one of <see cref="Fields"/>.</param>
public sealed record ColumnMap(ImmutableSortedDictionary<string, string> Columns)
{
    /// <summary>The fields of a prompt that a column may give.</summary>
    public static ImmutableArray<string> Fields { get; } = ["prompt", "id", "category", "expected", "dimensions", "tags", "group", "rationale"];

    /// <summary>Reads <c>prompt=COLUMN,id=COLUMN</c>, once or several times; a comma in a column's name is no end of it.</summary>
    /// <param name="texts">What a person wrote.</param>
    /// <param name="option">What it was written for, for errors.</param>
    /// <exception cref="RailInputException">A field is unknown, stands twice, or has no column.</exception>
    public static ColumnMap Parse(IEnumerable<string> texts, string option)
    {
        var columns = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (field, column) in texts.SelectMany(text => Pairs(text, option)))
        {
            if (column.Length == 0) throw new RailInputException($"{option}: {field}= names no column");
            if (!columns.TryAdd(field, column)) throw new RailInputException($"{option}: names two columns for {field}");
        }

        return new ColumnMap(columns.ToImmutable());
    }

    private static IEnumerable<(string Field, string Column)> Pairs(string text, string option)
    {
        var (field, column) = ("", "");
        foreach (var part in text.Split(','))
        {
            var split = part.IndexOf('=');
            var name = split < 0 ? "" : part[..split].Trim();
            if (Fields.Contains(name))
            {
                if (field.Length > 0) yield return (field, column.Trim());
                (field, column) = (name, part[(split + 1)..]);
            }
            else if (field.Length > 0) column += "," + part;
            else
            {
                throw new RailInputException(
                    $"{option}: '{SafeText.Line(part, 60)}' maps nothing; write FIELD=COLUMN, where FIELD is one of {string.Join(", ", Fields)}");
            }
        }

        yield return (field, column.Trim());
    }
}
