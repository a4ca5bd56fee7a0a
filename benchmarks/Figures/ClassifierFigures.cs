using System.Diagnostics;
using System.Text.Json.Nodes;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Generation;
using RailCluster.Scoring;

namespace RailCluster.Benchmarks;

/// <summary>The classifier scorer, from texts to scores, against a loop that only calls <c>Run</c>, and against answers one at a time.</summary>
internal static class ClassifierFigures
{
    private const int Answers = 12_000;
    private const int AnswersOfLarge = 2_000;

    private static readonly string[] Words =
        "the nurse says it opens at eight and nobody who asks is sent away so call me please because rules matter when people need help with money or health".Split(' ');

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Setting setting)
    {
        ScoreRequest[] requests = Requests(setting.Kind == "large" ? AnswersOfLarge : Answers);
        await using ClassifierScorer scorer = Open(setting.Model, setting.Threads);
        using var bare = new BareClassifier(Path.Combine(setting.Model, "model.onnx"), setting.Threads);
        // The first passes are compiled under way.
        for (int pass = 0; pass < 3; pass++)
            await ScoreAsync(scorer, requests, setting.Slots);
        List<(int, int)> runs = [];
        double best = double.PositiveInfinity;
        double[] ratios = await setting.PairAsync(
            "classifier, scorer to bare",
            async () =>
            {
                runs.Clear();
                scorer.Graph.Watch = (rows, width) => runs.Add((rows, width));
                double seconds = await ScoreAsync(scorer, requests, setting.Slots);
                scorer.Graph.Watch = null;
                best = Math.Min(best, seconds);
                return seconds;
            },
            () => Task.FromResult(bare.Repeat(runs)));
        ClassifierStats stats = scorer.Stats;
        string detail = FormattableString.Invariant($"{requests.Length / best:0} answers/s at best, {runs.Count} runs, {(double)stats.Padding / (stats.Padding + stats.Tokens):0.000} padding; rounds {UniformFigures.Rounds(ratios)}");
        return
        [
            new Figure("bare loop, classifier", setting.Kind, Figure.Median(ratios), setting.Kind == "large" ? 0.85 : null, detail),
            await AgainstOneAsync(setting, scorer, requests),
        ];
    }

    private static async Task<Figure> AgainstOneAsync(Setting setting, ClassifierScorer scorer, ScoreRequest[] requests)
    {
        string folder = Directory.CreateTempSubdirectory("rail-classifier-").FullName;
        try
        {
            CopyForOne(setting.Model, folder);
            await using ClassifierScorer one = Open(folder, setting.Threads);
            await ScoreAsync(one, requests[..(requests.Length / 10)], inFlight: 1);
            double[] ratios = await setting.PairAsync(
                "classifier, batches to one at a time",
                () => ScoreAsync(scorer, requests, setting.Slots),
                () => ScoreAsync(one, requests, inFlight: 1));
            return new Figure("one at a time, classifier", setting.Kind, Figure.Median(ratios), null, $"rounds {UniformFigures.Rounds(ratios)}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void CopyForOne(string model, string folder)
    {
        foreach (string name in new[] { "config.json", "tokenizer.json", "model.onnx" })
            File.Copy(Path.Combine(model, name), Path.Combine(folder, name));
        JsonObject mapping = JsonNode.Parse(File.ReadAllText(Path.Combine(model, "rail-scorer.json")))!.AsObject();
        mapping["rows"] = "one";
        File.WriteAllText(Path.Combine(folder, "rail-scorer.json"), mapping.ToJsonString());
    }

    private static ClassifierScorer Open(string folder, int threads) => ClassifierScorer.Open(new ClassifierOptions(folder) { Threads = threads }, TextEncoders.Open(folder));

    private static async Task<double> ScoreAsync(ClassifierScorer scorer, ScoreRequest[] requests, int inFlight)
    {
        long started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = inFlight }, async (request, stop) =>
        {
            ScoredResponse scored = await scorer.ScoreAsync(request, stop);
            if (scored.Scores.Values.Any(outcome => outcome is not ScoreOutcome.Scored))
                throw new InvalidOperationException("the classifier did not score an answer");
        });
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static ScoreRequest[] Requests(int count)
    {
        var random = new Random(7);
        return
        [
            .. Enumerable.Range(0, count).Select(i => new ScoreRequest(
                new SuitePrompt(FormattableString.Invariant($"p{i}"), new PromptInput.Text(Text(random, 4, 24)), "benchmark", ExpectedBehaviour.Any, Dimensions.All),
                Text(random, 8, 120),
                Finish: null,
                Dimensions.All,
                ScoringMode.Basic)),
        ];
    }

    private static string Text(Random random, int least, int most) => string.Join(' ', random.GetItems(Words, random.Next(least, most + 1)));
}
