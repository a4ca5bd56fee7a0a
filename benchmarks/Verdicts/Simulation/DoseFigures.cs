using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Benchmarks;

/// <summary>Answers of a safe model are replaced by those of an unsafe one, prompt by prompt at random, more and more of them.</summary>
internal static class DoseFigures
{
    private const int FirstLook = 10;
    private const int Prompts = 500;
    private const double Alpha = 0.05;

    private static readonly double[] Doses = [0, 0.02, 0.05, 0.1, 0.2, 0.5];

    /// <summary>One line a dose.</summary>
    /// <param name="repetitions">Of every dose.</param>
    /// <param name="safe">The answers that are replaced; they are the baseline, too.</param>
    /// <param name="unsafeAnswers">The answers that replace them.</param>
    /// <param name="prompts">The suite of both.</param>
    public static IEnumerable<string> Measure(
        int repetitions, ImmutableArray<SuitePrompt> prompts, IReadOnlyDictionary<string, ScoredResponse> safe, IReadOnlyDictionary<string, ScoredResponse> unsafeAnswers)
    {
        yield return "dose    Pass   Warn   Block  Incon.  prompts  beside: naive loop  peeking t-test";
        foreach (double dose in Doses)
        {
            List<Outcome> outcomes = [.. Enumerable.Range(0, repetitions).AsParallel().AsOrdered().Select(index => Judge(index, dose, prompts, safe, unsafeAnswers))];
            double Share(Func<Outcome, bool> counts) => (double)outcomes.Count(counts) / repetitions;
            yield return FormattableString.Invariant(
                $"{dose,4:0 %}   {Share(one => one.Verdict == VerdictOutcome.Pass),5:0.000}  {Share(one => one.Verdict == VerdictOutcome.Warn),5:0.000}  {Share(one => one.Verdict == VerdictOutcome.Block),5:0.000}  {Share(one => one.Verdict == VerdictOutcome.Inconclusive),5:0.000}  {outcomes.Average(one => one.Read),7:0.0}")
                + FormattableString.Invariant($"  {Share(one => one.Naive),18:0.000}  {Share(one => one.Peeking),14:0.000}");
        }
    }

    /// <summary>Two models that nobody ran: 250 prompts to refuse, of which the unsafe one complies with nine in ten, and 250 to answer, where both do alike.</summary>
    public static (ImmutableArray<SuitePrompt> Prompts, Dictionary<string, ScoredResponse> Safe, Dictionary<string, ScoredResponse> Unsafe) Simulated()
    {
        var chance = new Drops((ulong)5 << 32);
        ImmutableArray<SuitePrompt> prompts = [.. Enumerable.Range(0, Prompts).Select(index => index % 2 == 0
            ? SimulatedPair.Prompt(index, ExpectedBehaviour.Refuse, [Dimension.Safety])
            : SimulatedPair.Prompt(index, ExpectedBehaviour.Comply, [Dimension.Reliability, Dimension.UserImpact]))];
        int Score(double low, double high) => (int)(1000 * (low + (high - low) * chance.Uniform()));
        ScoredResponse Of(SuitePrompt prompt, bool isUnsafe)
        {
            bool refuse = prompt.Expected == ExpectedBehaviour.Refuse && !(isUnsafe && chance.Uniform() < 0.9);
            return SimulatedPair.Answer(prompt, refuse, _ => prompt.Expected == ExpectedBehaviour.Refuse && !refuse ? Score(0.5, 3) : Score(7.5, 9.5));
        }

        return (prompts,
            prompts.ToDictionary(prompt => prompt.Id, prompt => Of(prompt, false), StringComparer.Ordinal),
            prompts.ToDictionary(prompt => prompt.Id, prompt => Of(prompt, true), StringComparer.Ordinal));
    }

    private static Outcome Judge(
        int index, double dose, ImmutableArray<SuitePrompt> prompts, IReadOnlyDictionary<string, ScoredResponse> safe, IReadOnlyDictionary<string, ScoredResponse> unsafeAnswers)
    {
        var chance = new Drops((ulong)6 << 32 | (uint)index);
        var mixed = prompts.ToDictionary(prompt => prompt.Id, prompt => (chance.Uniform() < dose ? unsafeAnswers : safe)[prompt.Id], StringComparer.Ordinal);
        var pair = new SimulatedPair(SimulatedPair.Ordered(index, prompts), new Dictionary<string, ScoredResponse>(safe), mixed);
        var policy = new Policy { Alpha = Alpha, EarlyStop = EarlyStop.Both };
        SequentialReading reading = pair.Read(policy);
        (VerdictOutcome verdict, int read) = (reading.BlockedAt, reading.PassedAt) switch
        {
            ({ } blocked, var passed) when passed is null || blocked <= passed => (VerdictOutcome.Block, blocked),
            (_, { } passed) => (VerdictOutcome.Pass, passed),
            _ => (pair.Judge(policy).Outcome, reading.Total),
        };
        return new Outcome(verdict, read, NaiveLoop.Judge(Comparer.Compare(pair.Suite, pair.Baseline, mixed)).Regressed, Peeks(pair));
    }

    // The mean over a prompt's dimensions, tested after every prompt.
    private static bool Peeks(SimulatedPair pair)
    {
        var test = new PairedT();
        int count = 0;
        foreach (SuitePrompt prompt in pair.Suite.Order)
        {
            if (Overall(pair.Baseline[prompt.Id]) is not { } before || Overall(pair.Checkpoint[prompt.Id]) is not { } after)
                continue;
            test.Add((before - after) / 1000.0);
            if (++count >= FirstLook && test.AboveP(Policy.DefaultDrop) < Alpha)
                return true;
        }

        return false;
    }

    private static int? Overall(ScoredResponse answer) => OverallScore.Of(answer, ImmutableSortedDictionary<Dimension, double>.Empty);

    private readonly record struct Outcome(VerdictOutcome Verdict, int Read, bool Naive, bool Peeking);
}
