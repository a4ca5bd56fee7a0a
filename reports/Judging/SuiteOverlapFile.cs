using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>What a search for a suite's prompts in training data found, as a file; fields of other names are passed over.</summary>
public static class SuiteOverlapFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="source">What the file is called in errors.</param>
    /// <exception cref="RailInputException">The text is not of that form, or its numbers cannot be.</exception>
    public static SuiteOverlap Read(string json, string source)
    {
        try
        {
            var overlap = JsonSerializer.Deserialize<SuiteOverlap>(json.TrimStart('\uFEFF'), RailJson.Options) ?? throw new JsonException();
            return overlap is { Prompts: > 0, Exact: >= 0, Near: >= 0 } && overlap.Exact + (long)overlap.Near <= overlap.Prompts
                ? overlap
                : throw new RailInputException($"{source}: {overlap.Exact} exact and {overlap.Near} near prompts of {overlap.Prompts} cannot be; write it with 'rail suite overlap'");
        }
        catch (JsonException exception)
        {
            throw new RailInputException($"{StrictJson.Place(source, exception)}: is no overlap of a suite; write it with 'rail suite overlap'", exception);
        }
    }
}
