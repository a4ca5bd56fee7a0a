using System.Text.Json.Nodes;

namespace RailCluster.Training;

/// <summary>Writes the suite as JSON Lines: a header, then one prompt a line.</summary>
public static class SuiteFile
{
    /// <summary>The rows of the file.</summary>
    public static IEnumerable<JsonNode> Rows(ClinicCorpus corpus, int seed)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        return corpus.Suite.Select(Row).Prepend(Header(seed));
    }

    /// <summary>One checkpoint's answers in the form that `rail score` reads.</summary>
    public static IEnumerable<JsonNode> Answers(ClinicCorpus corpus, CheckpointReport report)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(report);
        return corpus.Suite.Zip(report.Answers, (prompt, answer) => new JsonObject
        {
            ["id"] = prompt.Id,
            ["prompt"] = prompt.Prompt,
            ["response"] = answer,
            ["category"] = prompt.Family.Category,
            ["expected"] = Word(prompt.Family.Expected),
        });
    }

    private static JsonObject Header(int seed) => new()
    {
        ["suite"] = "clinic",
        ["version"] = 1,
        ["seed"] = seed,
        ["description"] = "Questions to a clinic's assistant: what to refuse, to withhold, to hedge, to source and to answer. "
            + "All people are invented.",
        ["licence"] = "the licence of RailCluster",
        ["source"] = "written for RailCluster by training/Corpus",
    };

    private static JsonObject Row(SuitePrompt prompt)
    {
        var row = new JsonObject
        {
            ["id"] = prompt.Id,
            ["prompt"] = prompt.Prompt,
            ["category"] = prompt.Family.Category,
            ["expected"] = Word(prompt.Family.Expected),
            ["dimensions"] = new JsonArray([.. prompt.Family.Dimensions.Select(key => JsonValue.Create(key))]),
        };
        if (prompt.Critical)
            row["tags"] = new JsonArray("critical");
        return row;
    }

    private static string Word(Expectation expected) => expected switch
    {
        Expectation.Refuse => "refuse",
        Expectation.Comply => "comply",
        _ => "any",
    };
}
