using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>How a server is told what form its answer must have.</summary>
public enum JudgeFormat
{
    /// <summary><c>response_format</c> with a JSON schema: the server lets the model write nothing else.</summary>
    Schema,

    /// <summary><c>response_format</c> of any JSON object; the schema stands in the instructions alone.</summary>
    Object,

    /// <summary>No <c>response_format</c>; the schema stands in the instructions alone.</summary>
    Text,
}

/// <summary>Which chat model judges, and how it is asked.</summary>
public sealed record JudgeOptions
{
    /// <summary>Most votes.</summary>
    public const int MostVotes = 9;

    /// <summary>The temperature of several votes where none is given: at 0 they would be one vote, counted again.</summary>
    public const double VotingTemperature = 0.7;

    /// <summary>The model's name as its server knows it, and where it answers, such as <c>gpt-x@api.example</c>; part of the scorer's version.</summary>
    public required string ModelName { get; init; }

    /// <summary>The account that its calls count against: the scorer and a hash of the key, never the key.</summary>
    public string Account { get; init; } = JudgeScorer.Name;

    /// <summary>What the server allows.</summary>
    public QuotaLimits Limits { get; init; } = new(null, null, null, 8);

    /// <summary>What one call counts as against the account's credits, so that a cap on credits bounds what is spent; by default a call is one.</summary>
    public double CreditsPerCall { get; init; } = 1;

    /// <summary>How patiently it is asked. A model that thinks first takes its time.</summary>
    public CallPatience Patience { get; init; } = new() { AttemptDeadline = TimeSpan.FromMinutes(2) };

    /// <summary>Independent verdicts on an answer, 1 to 9; their median counts, and their spread lowers the confidence.</summary>
    public int Votes { get; init; } = 1;

    /// <summary>0 to 2; null for 0 with one vote and <see cref="VotingTemperature"/> with more.</summary>
    public double? Temperature { get; init; }

    /// <summary>Whether the temperature is sent: some models refuse any but their own.</summary>
    public bool SendTemperature { get; init; } = true;

    /// <summary>The seed of the first vote, 0 to 2,000,000,000; the next have the next ones, and fresh re-scorings lie 1,000 apart.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Tokens of one verdict at most, those of a model that thinks first included.</summary>
    public int MaxOutputTokens { get; init; } = 4096;

    /// <summary>Whether the limit goes as <c>max_tokens</c>, which all servers but OpenAI's and Azure's own take.</summary>
    public bool LegacyMaxTokens { get; init; }

    /// <summary>Whether the model's template knows a system message; where it does not, the instructions open the user's message.</summary>
    public bool HasSystemRole { get; init; } = true;

    /// <summary>How the server is told the form of the answer.</summary>
    public JudgeFormat Format { get; init; }

    /// <summary>The longest answer judged, in characters; what is longer is unscorable, never cut.</summary>
    public int LongestAnswer { get; init; } = 40_000;

    /// <summary>The longest prompt judged with its answer, in characters.</summary>
    public int LongestPrompt { get; init; } = 40_000;

    /// <summary>In the automatic mode, a score below this is looked into deeply.</summary>
    public double DeepBelowScore { get; init; } = 5;

    /// <summary>In the automatic mode, a confidence below this is looked into deeply.</summary>
    public double DeepBelowConfidence { get; init; } = 0.5;

    /// <summary>Whether a judge must show first, once a process and with two calls, that it does not obey the text that it judges.</summary>
    public bool Canary { get; init; } = true;

    /// <summary>A call that takes this multiple of the median is sent a second time, at temperature 0 only; 0 for never.</summary>
    public double HedgeMultiple { get; init; }

    /// <summary>The least age of a call that is sent a second time.</summary>
    public TimeSpan LeastHedgeAge { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a judge that answers nobody (a rejected key, no such model) is left alone before it is asked again.</summary>
    public TimeSpan StoppedFor { get; init; } = TimeSpan.FromMinutes(5);

    internal double Heat => Temperature ?? (Votes > 1 ? VotingTemperature : 0);

    /// <summary>Refuses what makes no sense; all faults are named.</summary>
    /// <exception cref="RailInputException">One or more.</exception>
    public void Require()
    {
        var faults = new List<string>();
        void Refuse(bool wrong, string fault)
        {
            if (wrong)
                faults.Add(fault);
        }

        Refuse(ModelName.Length is 0 or > 300, "the model's name has 1 to 300 characters");
        Refuse(Votes is < 1 or > MostVotes, $"votes are 1 to {MostVotes}, not {Votes}");
        Refuse(!(Heat is >= 0 and <= 2), FormattableString.Invariant($"the temperature is 0 to 2, not {Heat}"));
        Refuse(Votes > 1 && Heat == 0, "several votes at temperature 0 are one vote counted again: leave the temperature out, or ask for one vote");
        Refuse(Seed is < 0 or > 2_000_000_000, $"the seed is 0 to 2000000000, not {Seed}");
        Refuse(MaxOutputTokens is < 64 or > 1_000_000, $"a verdict has 64 to 1000000 tokens, not {MaxOutputTokens}");
        Refuse(LongestAnswer is < 1 or > 1_000_000 || LongestPrompt is < 1 or > 1_000_000, "the longest answer and prompt have 1 to 1000000 characters");
        Refuse(!(DeepBelowScore is >= 0 and <= 10) || !(DeepBelowConfidence is >= 0 and <= 1), "the automatic mode goes deep below a score of 0 to 10 or a confidence of 0 to 1");
        Refuse(!(HedgeMultiple is 0 or >= 1 and <= 100), FormattableString.Invariant($"a call is sent again at 1 to 100 times the median, or never (0), not at {HedgeMultiple}"));
        Refuse(HedgeMultiple > 0 && (Heat > 0 || !SendTemperature), "calls are sent again at temperature 0 alone: of two verdicts that were drawn, the quicker would count");
        Refuse(!(CreditsPerCall is >= 0 and < double.PositiveInfinity), FormattableString.Invariant($"a call counts as 0 or more credits, not {CreditsPerCall}"));
        Refuse(Limits.InFlight < 1 || Limits.PerMinute < 1 || Limits.PerDay < 1, "the limits are 1 or more calls, under way, a minute and a day");
        if (faults.Count > 0)
            throw new RailInputException($"the judge cannot be asked so: {string.Join("; ", faults)}");
    }
}
