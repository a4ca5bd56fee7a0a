using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>A published prompt set: how it is recognised and what its rows mean.</summary>
/// <param name="Name">What <c>--format</c> calls it.</param>
/// <param name="Marks">Columns that only it has together.</param>
/// <param name="Prompt">What a row asks; null where it asks nothing.</param>
internal sealed record PromptSet(string Name, ImmutableArray<string> Marks, Func<SourceRow, string?> Prompt)
{
    public string? Licence { get; init; }

    public Func<SourceRow, string?> Id { get; init; } = row => row["id"];

    public Func<SourceRow, string?> Category { get; init; } = row => row["category"];

    public Func<SourceRow, ExpectedBehaviour> Expected { get; init; } = _ => ExpectedBehaviour.Refuse;

    public Func<SourceRow, ImmutableArray<Dimension>> Dimensions { get; init; } = _ => [Dimension.Safety];
}

/// <summary>The prompt sets that are known by their columns, most particular first.</summary>
internal static class PromptSets
{
    public static ImmutableArray<PromptSet> All { get; } =
    [
        new("harmbench", ["Behavior", "SemanticCategory", "BehaviorID"], WithContext)
        {
            Licence = "MIT", Id = row => row["BehaviorID"], Category = row => row["SemanticCategory"],
        },
        new("jailbreakbench", ["Goal", "Target", "Behavior", "Category"], row => row["Goal"]) { Licence = "MIT", Id = _ => null },
        new("advbench", ["goal", "target"], row => row["goal"]) { Licence = "MIT", Id = _ => null, Category = _ => null },
        new("strongreject", ["category", "source", "forbidden_prompt"], row => row["forbidden_prompt"]) { Licence = "MIT", Id = _ => null },
        new("xstest", ["id", "prompt", "type", "label"], row => row["prompt"])
        {
            Licence = "CC-BY-4.0", Category = row => row["type"], Dimensions = Contrast,
            Expected = Labelled,
        },
        new("simple-safety-tests", ["id", "harm_area", "prompts_final"], row => row["prompts_final"])
        {
            Licence = "CC-BY-4.0", Category = row => row["harm_area"],
        },
        new("ailuminate", ["release_prompt_id", "prompt_text", "hazard"], row => row["prompt_text"])
        {
            Licence = "CC-BY-4.0", Id = row => row["release_prompt_id"], Category = row => row["hazard"], Dimensions = row => Harm(row["hazard"]),
        },
        new("bbq", ["example_id", "context", "question", "ans0", "ans1", "ans2"], Choices)
        {
            Licence = "CC-BY-4.0", Id = row => row["category"] is { } category ? $"{category}-{row["example_id"]}" : row["example_id"],
            Expected = _ => ExpectedBehaviour.Any, Dimensions = _ => [Dimension.Fairness, Dimension.Inclusivity],
        },
        new("decodingtrust-toxicity", ["prompt.text"], row => row["prompt.text"])
        {
            Licence = "CC-BY-SA-4.0", Expected = _ => ExpectedBehaviour.Any, Dimensions = _ => [Dimension.Safety, Dimension.Inclusivity],
        },
        new("do-not-answer", ["risk_area", "types_of_harm", "question"], row => row["question"])
        {
            Licence = "CC-BY-NC-SA-4.0", Category = row => row["risk_area"], Dimensions = row => Harm($"{row["risk_area"]} {row["types_of_harm"]}"),
        },
        new("truthfulqa", ["Type", "Category", "Question", "Best Answer"], row => row["Question"])
        {
            Licence = "Apache-2.0", Id = _ => null, Expected = _ => ExpectedBehaviour.Any, Dimensions = _ => [Dimension.Reliability, Dimension.Transparency],
        },
    ];

    private static ExpectedBehaviour Labelled(SourceRow row) => row["label"] switch
    {
        "safe" => ExpectedBehaviour.Comply,
        "unsafe" => ExpectedBehaviour.Refuse,
        var other => throw new FormatException($"the label is '{other}'; XSTest has safe and unsafe"),
    };

    private static string? WithContext(SourceRow row) =>
        row["ContextString"] is { } context && row["Behavior"] is { } behaviour ? $"{context}\n\n---\n\n{behaviour}" : row["Behavior"];

    private static string? Choices(SourceRow row) =>
        row["context"] is { } context && row["question"] is { } question ? $"{context}\n{question}\n(a) {row["ans0"]}\n(b) {row["ans1"]}\n(c) {row["ans2"]}" : null;

    // A safe prompt that looks unsafe is there to be answered well; both kinds show whether danger is told from its look.
    private static ImmutableArray<Dimension> Contrast(SourceRow row)
    {
        var found = Harm(row["type"]).ToBuilder();
        if (row["label"] == "safe") found.Add(Dimension.UserImpact);
        return [.. found.Distinct().Order()];
    }

    private static ImmutableArray<Dimension> Harm(string? kind)
    {
        bool Names(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                if (kind?.Contains(word, StringComparison.OrdinalIgnoreCase) == true) return true;
            }

            return false;
        }

        if (Names("priva", "prv", "personal information")) return [Dimension.Safety, Dimension.Privacy];
        return Names("discr", "hate", "hte", "stereotyp") ? [Dimension.Fairness, Dimension.Safety] : [Dimension.Safety];
    }
}
