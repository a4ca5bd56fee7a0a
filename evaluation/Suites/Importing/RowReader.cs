using System.Collections.Immutable;
using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Makes prompts of a set's rows.</summary>
/// <param name="set">What ids begin with where the set's own are bare numbers.</param>
/// <param name="form">What the rows mean.</param>
/// <param name="table">The rows.</param>
internal sealed class RowReader(string set, SetForm form, SourceTable table)
{
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    private readonly int _digits = table.Rows.Count.ToString(CultureInfo.InvariantCulture).Length;

    /// <summary>All prompts.</summary>
    /// <exception cref="RailInputException">Some row is no prompt; every fault is named with its place.</exception>
    public ImmutableArray<SuitePrompt> Read()
    {
        var prompts = ImmutableArray.CreateBuilder<SuitePrompt>(table.Rows.Count);
        foreach (var row in table.Rows)
        {
            try
            {
                prompts.Add(Prompt(row));
            }
            catch (FormatException exception)
            {
                table.Errors.Add($"{row.Place}: {exception.Message}");
            }
        }

        table.Errors.Throw();
        return prompts.ToImmutable();
    }

    private SuitePrompt Prompt(SourceRow row)
    {
        var asked = form.Prompt(row) ?? throw new FormatException("the row asks nothing");
        if (asked.Length > TableLimits.LongestPrompt)
            throw new FormatException($"the prompt has {asked.Length} characters; at most {TableLimits.LongestPrompt} are read");
        if (asked.Contains('\0')) throw new FormatException("the prompt holds a NUL character; take it out");
        if (SuiteRow.RationaleFault(form.Rationale(row)) is { } fault) throw new FormatException(fault);
        return new SuitePrompt(
            Unique(row), new PromptInput.Text(asked), Short("category", form.Category(row)) ?? SuiteRow.DefaultCategory, form.Expected(row), form.Dimensions(row))
        {
            Tags = [.. (form.Tags(row) ?? []).Select(tag => Short("tag", tag)!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Group = Short("group", form.Group(row)),
            Rationale = form.Rationale(row),
        };
    }

    private string Unique(SourceRow row)
    {
        var id = Id(row);
        if (SuiteRow.IdFault(id) is { } fault) throw new FormatException(fault);
        return _places.TryAdd(id, row.Place) ? id : throw new FormatException($"the id '{id}' stands at {_places[id]} already; ids are unique");
    }

    // A bare number says nothing once suites are put together.
    private string Id(SourceRow row)
    {
        var id = form.Id(row);
        if (id is not null && !id.All(char.IsAsciiDigit)) return id;
        return $"{set}-{(id ?? row.Number.ToString(CultureInfo.InvariantCulture)).PadLeft(_digits, '0')}";
    }

    private static string? Short(string what, string? text) => text is null || text.Length <= TableLimits.LongestMark
        ? text
        : throw new FormatException($"a {what} has {text.Length} characters; at most {TableLimits.LongestMark} are read; is it the right column?");
}
