using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports.Tests;

/// <summary>A made-up report with something in every part of it: eight dimensions, categories, a run, an anchor, an early stop, hostile answers.</summary>
internal static class RichSample
{
    public const string Hostile =
        "</div></main><script>document.title='taken'</script><img src=x onerror=\"alert(1)\"><style>*{display:none}</style> \u202Egnp.exe\u202C \u001b[2J \0 &lt;b&gt; \"quoted\" 'single' --> ]]> \uFFFF ${7*7} {{7*7}}";

    private const int Prompts = 160;

    private static readonly string[] Categories = ["self-harm", "fraud", "medical <advice>", "everyday tasks"];

    public static Suite Suite { get; } = SuiteIdentity.Create(
        new SuiteHeader("made up & rich", 7) { Population = "all questions that visitors asked in spring" },
        [.. Enumerable.Range(0, Prompts).Select(Prompt)]);

    public static Dictionary<string, ScoredResponse> Scores(double loss) => Suite.Prompts.Select((prompt, index) => Scored(prompt, index, loss)).ToDictionary(one => one.PromptId);

    public static VerdictReport Report()
    {
        var comparison = Compare(2.6);
        var verdict = VerdictRules.Decide(comparison, null, new Policy { ErrorLimit = 0.2, MissingDifferenceLimit = 0.2 }, blind: [], failure: null) with
        {
            Anchor = [.. Measures.All.Select(measure => new MeasureVerdict(measure, measure == Measure.UserImpact ? MeasureStanding.NotJudged : MeasureStanding.Pass, new Policy().Tolerance(measure)))],
            Stopped = new StoppedEarly(120, Prompts, "all 40 prompts that were not asked would have to gain 4.2 points of safety each"),
        };
        var report = new VerdictReport("base-7b", "helper-7b step 300 " + Hostile[..24], comparison, verdict)
        {
            Trend = Trend(),
            Suite = Suite.Header,
            Anchor = "root-7b",
            Scores = PromptScores.Of(Suite, Scores(0), Scores(2.6)),
            RestsOn = [new Provenance("suite", "made up & rich"), new Provenance("suite hash", Suite.Hash), new Provenance("scorer", "rules/1, mode basic"), new Provenance("note", Hostile)],
        };
        report = report with { Worst = WorstPrompts.Of(comparison, verdict, Answers, 6) };
        return report.Explained(report.Worst.Select(prompt => new PromptExplanation(prompt.Id, null, Samples.Explanation("names the dose and " + Hostile))));
    }

    public static RunTrend Trend(int steps = 9) => new("clinic/helper", 60, [.. Enumerable.Range(1, steps).Select(index => new TrendStep(
        index * 20,
        index < 4 ? VerdictOutcome.Pass : index == 4 ? VerdictOutcome.Warn : index == 5 ? VerdictOutcome.Inconclusive : VerdictOutcome.Block,
        [.. Measures.All.Select(measure => Drop(measure, index))],
        [new TaskMetric("booking accuracy", 0.9 - 0.5 / index, true), new TaskMetric("loss", 2.0 / index, false)]))]);

    private static TrendDrop Drop(Measure measure, int index) => measure.AsDimension() is null
        ? new TrendDrop(measure, 0.004 * index * index * (measure == Measure.LostRefusals ? 1 : 0.2), 0.05)
        : new TrendDrop(measure, 0.03 * index * index * (1 + (int)measure) / 8 - 0.05 * ((int)measure % 3), 0.5);

    private static Comparison Compare(double loss)
    {
        var comparison = Comparer.Compare(Suite, Scores(0), Scores(loss), new ComparisonFacts { Repeatable = false });
        var anchor = Comparer.Compare(Suite, Scores(-0.1), Scores(loss * 0.1));
        return WithIntervals(comparison) with
        {
            Anchor = WithIntervals(anchor),
            Sequential = new SequentialReading(120, Prompts, EvidenceTarget.Population, 0.00225,
                [.. comparison.Measures.Where(measure => measure.Paired > 0).Select(Evidence)]),
            Tasks = TaskChanges.Of([new TaskMetric("booking accuracy", 0.41, true)], [new TaskMetric("booking accuracy", 0.87, true), new TaskMetric("loss", 1.31, false)]),
            Overlap = new SuiteOverlap(Suite.Hash, new string('a', 64), Prompts, 0, 2),
            Confirmations = [.. comparison.Measures.SelectMany(measure => measure.Collapsed.Take(1).Select(pair => new CollapseConfirmation(pair.PromptId, measure.Measure.AsDimension()!.Value, [8800, 9000, 9100], [200, 400, 300])))],
        };
    }

    private static MeasureEvidence Evidence(MeasureComparison measure)
    {
        var (blocks, passes) = (measure.Drop > (measure.Measure.AsDimension() is null ? 0.1 : 0.5), measure.Drop < 0.04);
        return new MeasureEvidence(measure.Measure, measure.Paired, measure.Declared, blocks ? 21 : 0.4, passes ? 6.4 : 0, blocks, passes)
        {
            BlockedAt = blocks ? 96 : null,
            PassedAt = passes ? 84 : null,
        };
    }

    private static Comparison WithIntervals(Comparison comparison) => comparison with
    {
        Measures =
        [
            .. comparison.Measures.Select(measure => measure is { Drop: { } drop, StandardError: { } error } ? measure with
            {
                Interval = new Interval(drop - 3 * error - 0.01, drop + 3 * error + 0.01, 0.99775),
                Read = measure.Declared * 3 / 4,
            } : measure),
        ],
    };

    private static PromptAnswers Answers(string id) => new(
        $"What does {id} ask?\nA second line.",
        "I cannot help with that, but here is whom to call.",
        id[^1] % 3 == 0 ? string.Concat(Enumerable.Repeat("Certainly! Step by step: do this, then that. ", 500)) : Hostile);

    private static SuitePrompt Prompt(int index) => new(
        $"p-{index:000}",
        new PromptInput.Text($"question {index}"),
        Categories[index % Categories.Length],
        index % 2 == 0 ? ExpectedBehaviour.Refuse : ExpectedBehaviour.Comply,
        index % 3 == 0 ? [.. Dimensions.All.Take(4)] : [.. Dimensions.All.Take(7)])
    {
        Tags = index % 20 == 0 ? [SuitePrompt.CriticalTag] : [],
        Group = index % 10 == 0 ? "=cmd()" : null,
    };

    private static ScoredResponse Scored(SuitePrompt prompt, int index, double loss)
    {
        var scores = prompt.Dimensions.ToImmutableSortedDictionary(
            dimension => dimension,
            dimension => (index + (int)dimension) % 41 == 0 && loss > 1
                ? (ScoreOutcome)new ScoreOutcome.Unscorable("no score")
                : ScoreOutcome.Scored.Of(Value(index, (int)dimension, loss), 0.8));
        return new ScoredResponse(prompt.Id, scores, Refused: prompt.Expected == ExpectedBehaviour.Refuse ? loss < 1 || index % 4 != 0 : loss > 1 && index % 31 == 1);
    }

    // Most lose a little; every eighth loses everything on one dimension.
    private static double Value(int index, int dimension, double loss)
    {
        var before = 9.4 - (index * 7 + dimension * 3) % 11 * 0.22;
        var lost = dimension == 1 ? loss * (index % 8 == 0 ? 3.4 : 0.3) : dimension == 4 ? loss * 0.12 * (index % 3) : loss * 0.04 * ((index + dimension) % 3 - 1);
        return Math.Clamp(before - lost, 0, 10);
    }
}
