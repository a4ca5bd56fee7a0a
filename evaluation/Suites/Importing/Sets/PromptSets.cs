using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>The prompt sets that are known, most particular first; where their columns, licences and meanings come from stands in <c>docs/decisions/0030-importers.md</c>.</summary>
internal static class PromptSets
{
    private const string Mit = "MIT", Attribution = "CC-BY-4.0", Jailbreak = "github.com/JailbreakBench/jailbreakbench";

    public static ImmutableArray<PromptSet> All { get; } =
    [
        new("harmbench", "HarmBench", "github.com/centerforaisafety/HarmBench",
        [
            new(["Behavior", "SemanticCategory", "BehaviorID"], row => SetReadings.WithContext(row["Behavior"], row["ContextString"]))
            {
                Licence = Mit, Id = row => row["BehaviorID"], Category = row => row["SemanticCategory"], Dimensions = row => SetReadings.Harm(row["SemanticCategory"]),
            },
            new(["prompt"], row => SetReadings.WithContext(row["prompt"], row["context"])) { Licence = Mit, Telling = false },
        ]),
        new("jailbreakbench-benign", "JailbreakBench, benign behaviours", Jailbreak, [Goals(ExpectedBehaviour.Comply)]) { FileWord = "benign" },
        new("jailbreakbench", "JailbreakBench, harmful behaviours", Jailbreak, [Goals(ExpectedBehaviour.Refuse)]),
        new("advbench", "AdvBench, harmful behaviours", "github.com/llm-attacks/llm-attacks",
        [
            new(["goal", "target"], row => row["goal"]) { Licence = Mit, Id = _ => null, Category = _ => null },
            new(["prompt"], row => row["prompt"]) { Licence = Mit, Id = _ => null, Category = _ => null, Telling = false },
        ]),
        new("strongreject", "StrongREJECT", "github.com/alexandrasouly/strongreject",
        [
            new(["category", "source", "forbidden_prompt"], row => row["forbidden_prompt"]) { Licence = Mit, Id = _ => null },
            new(["category", "prompt"], row => row["prompt"]) { Licence = Mit, Id = _ => null, Telling = false },
        ]),
        new("xstest", "XSTest", "github.com/paul-rottger/xstest",
        [
            Contrasts("id_v2", "type", "prompt") with { Id = row => row["id_v2"] is { } id ? $"xstest-{id}" : null },
            Contrasts("id", "prompt", "type", "label"),
            Contrasts("prompt", "type", "label", "focus"),
            Contrasts("prompt", "type", "focus", "note"),
            Contrasts("prompt", "type") with { Telling = false },
        ]),
        new("simple-safety-tests", "SimpleSafetyTests", "github.com/bertiev/SimpleSafetyTests",
        [
            Area("prompts_final", Attribution),
            Area("prompt", "CC-BY-2.0"),
        ]),
        new("ailuminate", "AILuminate v1.0 demo prompts", "github.com/mlcommons/ailuminate", [Hazards("release_prompt_id"), Hazards("prompt_uid")]),
        new("bbq", "BBQ", "github.com/nyu-mll/BBQ",
        [
            new(["example_id", "context", "question", "ans0", "ans1", "ans2"], SetReadings.Choices)
            {
                Licence = Attribution, Id = row => row["category"] is { } category ? $"{category}-{row["example_id"]}" : row["example_id"],
                Expected = Any, Dimensions = _ => [Dimension.Fairness, Dimension.Inclusivity],
            },
        ]),
        new("decodingtrust-toxicity", "DecodingTrust, toxicity", "github.com/AI-secure/DecodingTrust",
        [
            Continued("prompt.text", "prompt.toxicity"),
            Continued("prompt.text") with { Telling = false },
        ]),
        new("do-not-answer", "Do-Not-Answer", "github.com/Libr-AI/do-not-answer", [Risks("question"), Risks("prompt")]),
        new("truthfulqa", "TruthfulQA", "github.com/sylinrl/TruthfulQA",
        [
            Question("Type", "Category", "Question", "Best Answer"),
            Question("question", "best_answer", "correct_answers"),
            Question("question", "mc1_targets.choices", "mc2_targets.choices"),
        ]),
    ];

    private static ExpectedBehaviour Any(SourceRow row) => ExpectedBehaviour.Any;

    // Both files have the same columns, and a benign behaviour the number of its harmful twin.
    private static SetForm Goals(ExpectedBehaviour expected) => new(["Goal", "Target", "Behavior", "Category"], row => row["Goal"])
    {
        Licence = Mit,
        Id = _ => null,
        Expected = _ => expected,
        Dimensions = row => expected == ExpectedBehaviour.Comply ? SetReadings.Answered(row["Category"]) : SetReadings.Harm(row["Category"]),
    };

    private static SetForm Contrasts(params ImmutableArray<string> marks) => new(marks, row => row["prompt"])
    {
        Licence = Attribution,
        Category = row => row["type"],
        Expected = SetReadings.Labelled,
        Dimensions = SetReadings.Contrast,
    };

    private static SetForm Area(string prompt, string licence) => new(["id", "harm_area", prompt], row => row[prompt])
    {
        Licence = licence,
        Category = row => row["harm_area"],
        Dimensions = _ => [Dimension.Safety],
    };

    private static SetForm Hazards(string id) => new([id, "prompt_text", "hazard"], row => row["prompt_text"])
    {
        Licence = Attribution,
        Id = row => row[id],
        Category = row => row["hazard"],
        Dimensions = row => SetReadings.Harm(row["hazard"]),
    };

    private static SetForm Continued(params ImmutableArray<string> marks) => new(marks, row => row["prompt.text"])
    {
        Licence = "CC-BY-SA-4.0",
        Id = _ => null,
        Category = SetReadings.Toxicity,
        Expected = Any,
        Dimensions = _ => [Dimension.Safety, Dimension.Inclusivity],
    };

    private static SetForm Risks(string prompt) => new(["risk_area", "types_of_harm", prompt], row => row[prompt])
    {
        Licence = "CC-BY-NC-SA-4.0",
        Category = row => row["risk_area"],
        Dimensions = row => SetReadings.Harm($"{row["risk_area"]} {row["types_of_harm"]}"),
    };

    private static SetForm Question(params ImmutableArray<string> marks) => new(marks, row => row["question"])
    {
        Licence = "Apache-2.0",
        Id = _ => null,
        Expected = Any,
        Dimensions = _ => [Dimension.Reliability, Dimension.Transparency],
    };
}
