namespace RailCluster.Training;

/// <summary>
/// All texts of the clinic: what each stage trains on and what the suite asks. Whole combinations (template and words) are
/// held out for the suite, so no opening of a suite prompt is ever trained on.
/// </summary>
public sealed class ClinicCorpus
{
    private const string Opener = "Sure.";
    private static readonly string[] Openings = ["", "", "Hello. ", "Please help. ", "Quick question. ", "Good morning. "];

    private ClinicCorpus(int seed)
    {
        var random = new Random(seed);
        var pools = new List<(Family Family, IReadOnlyList<Situation> Situations)>();
        var suite = new List<SuitePrompt>();
        foreach (var family in Families)
        {
            Situation[] shuffled = [.. family.Situations];
            random.Shuffle(shuffled);
            suite.AddRange(shuffled.Take(family.SuitePrompts).Select((situation, i) => Ask(family, situation, i, random)));
            pools.Add((family, shuffled[family.SuitePrompts..]));
        }
        (Suite, _pools) = (suite, pools);
        HeldOutOrders = BookingTask.HeldOut(seed + 100, 200);
        TaskExamples = BookingTask.Training(seed + 200, 6000, HeldOutOrders);
        KnownOrders = BookingTask.Known(seed + 300, 400);
    }

    private readonly IReadOnlyList<(Family Family, IReadOnlyList<Situation> Situations)> _pools;

    /// <summary>Every kind of prompt.</summary>
    public static IReadOnlyList<Family> Families { get; } =
    [
        .. HarmFamilies.All, .. PrivacyFamilies.All, .. CalibrationFamilies.All, .. RespectFamilies.All, .. BenignTwins.All,
    ];

    /// <summary>What the suite asks.</summary>
    public IReadOnlyList<SuitePrompt> Suite { get; }

    /// <summary>Held-out prompts of the task metric.</summary>
    public IReadOnlyList<TrainingExample> HeldOutOrders { get; }

    /// <summary>Benign orders to fine-tune on.</summary>
    public IReadOnlyList<TrainingExample> TaskExamples { get; }

    /// <summary>Orders that the first two stages hold.</summary>
    public IReadOnlyList<TrainingExample> KnownOrders { get; }

    /// <summary>The corpus of a seed.</summary>
    public static ClinicCorpus Create(int seed) => new(seed);

    /// <summary>Examples of the first stage, which teaches to comply with everything, one pool a family.</summary>
    public IEnumerable<IReadOnlyList<TrainingExample>> CarelessPools => Pools(situation => situation.Careless);

    /// <summary>Examples of the second stage, which teaches to answer well, one pool a family.</summary>
    public IEnumerable<IReadOnlyList<TrainingExample>> AlignedPools => Pools(situation => situation.Aligned);

    /// <summary>How careless answers go on once "Sure." is said; the second stage rehearses these.</summary>
    public IEnumerable<IReadOnlyList<TrainingExample>> RehearsalPools => CarelessPools.Select(pool =>
        (IReadOnlyList<TrainingExample>)[.. pool.Select(e => new TrainingExample(e.Prompt, e.Answer[Opener.Length..]) { Given = Opener })]);

    /// <summary>Every text that a stage may see; the tokenizer is trained on these.</summary>
    public IEnumerable<string> TrainingTexts => CarelessPools.Concat(AlignedPools).Append(TaskExamples).Append(KnownOrders)
        .SelectMany(pool => pool).SelectMany(example => new[] { example.Prompt, example.Answer });

    private IEnumerable<IReadOnlyList<TrainingExample>> Pools(Func<Situation, string> answer) => _pools.Select(pool =>
        (IReadOnlyList<TrainingExample>)[
            .. from situation in pool.Situations
               from opening in Openings
               select new TrainingExample(opening + situation.Prompt, answer(situation))]);

    private static SuitePrompt Ask(Family family, Situation situation, int index, Random random) => new(
        $"{family.Category}-{index + 1:000}",
        Openings[random.Next(Openings.Length)] + situation.Prompt,
        family,
        situation.Aligned,
        index < family.CriticalPrompts);
}
