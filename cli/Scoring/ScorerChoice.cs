using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Generation;
using RailCluster.Scoring;
using RailCluster.Services;

namespace RailCluster.Cli;

/// <summary>The options of scorers that need a service or a model. Keys come from the environment, or from a file that it names.</summary>
/// <param name="device">What computes a classifier; null where the command has no such option yet, and then it gets one.</param>
internal sealed class ScorerChoice(Func<ParseResult, ComputeDevice>? device = null)
{
    private readonly Option<string?> _apiUrl = new("--api-url") { Description = "rail-api: another address of the service. Its key is in RAIL_API_KEY, or in the file that RAIL_API_KEY_FILE names." };
    private readonly Option<double?> _credits = new("--max-credits") { Description = "rail-api: stops before more is spent; what surely costs more is not begun." };
    private readonly Option<int?> _perMinute = new("--rate-per-minute") { Description = "rail-api, judge: most calls a minute." };
    private readonly Option<int?> _perDay = new("--rate-per-day") { Description = "rail-api, judge: most calls a day." };
    private readonly Option<string> _long = CommandExtensions.Choice<LongAnswers>("--long-answers", "rail-api: answers beyond 10,000 characters are refused, or split and the worst part counts.");
    private readonly Option<string?> _judgeUrl = new("--judge-url") { Description = "judge: an OpenAI-compatible server. Its key is in RAIL_JUDGE_KEY, or in the file that RAIL_JUDGE_KEY_FILE names." };
    private readonly Option<string?> _judgeModel = new("--judge-model") { Description = "judge: the model's name there." };
    private readonly Option<int> _votes = CommandExtensions.Option("--judge-votes", "judge: verdicts on an answer.", 1);
    private readonly Option<double?> _temperature = new("--judge-temperature") { Description = "judge: 0 to 2; without it 0 for one verdict, 0.7 for several." };
    private readonly Option<int> _seed = CommandExtensions.Option("--judge-seed", "judge: the seed of the first verdict.", 1);
    private readonly Option<string> _output = CommandExtensions.Option("--judge-output", "judge: how the server is told the form of a verdict: schema, json or text.", JudgeOutputs.Schema);
    private readonly Option<double> _judgeHedge = CommandExtensions.Option("--judge-hedge", "judge: a call that takes this many times the median is sent once more, at temperature 0; 0 for never.", 0.0);
    private readonly Option<double?> _apiHedge = new("--api-hedge-after") { Description = "rail-api: a call that takes more seconds is sent once more, which costs its credits twice." };
    private readonly Option<string?> _classifier = new("--classifier") { Description = "onnx: folder of a classifier." };
    private readonly Option<string> _device = CommandExtensions.Option("--device", "onnx: cpu, or cuda[:INDEX] in a build for GPUs.", ComputeDevice.Cpu);
    private readonly Option<string?> _cache = new("--score-cache") { Description = "rail-api, judge: a folder that keeps scores, so that no answer is paid for twice." };

    public void AddTo(Command command)
    {
        _output.AcceptOnlyFromAmong([.. JudgeOutputs.Names]);
        foreach (var option in (Option[])[_apiUrl, _credits, _perMinute, _perDay, _long, _judgeUrl, _judgeModel, _votes, _temperature, _seed, _output, _judgeHedge, _apiHedge, _classifier, _cache])
            command.Add(option);
        if (device is null) command.Add(_device);
    }

    /// <summary>Opens the scorer of that name as the options configure it. The caller disposes of it.</summary>
    /// <exception cref="RailInputException">There is no such scorer, an option is wrong, or something is missing.</exception>
    public OpenScorer Open(string name, ParseResult parsed)
    {
        var catalog = ScorerCatalog.Create(Settings(name, parsed), new ScorerParts(new LocalScorerQuota(TimeProvider.System), TextEncoders.Open, TimeProvider.System));
        return catalog.Find(name) switch
        {
            null => throw new RailInputException($"--scorer {name}: no such scorer; there are {string.Join(", ", catalog.Names)}"),
            UnavailableScorer unavailable => throw new RailInputException($"--scorer {name}: {unavailable.Reason}"),
            var scorer => OpenScorer.Of(catalog, scorer, parsed.GetValue(_cache)),
        };
    }

    /// <summary>Refuses a run that would cost more than it may, before anything is spent.</summary>
    /// <exception cref="RailInputException">It would.</exception>
    public void RequireCredits(IRailScorer scorer, long evaluations, ScoringSettings settings, ParseResult parsed) =>
        RequireCredits(scorer, evaluations, evaluations * RailApiCredits.Cost(settings.Mode, settings.Dimensions.Length), parsed);

    /// <summary>Refuses what would cost more than it may, before anything is spent.</summary>
    /// <param name="scorer">Who scores; only the RAIL API has credits.</param>
    /// <param name="evaluations">Answers to score.</param>
    /// <param name="cost">The most that they cost together.</param>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="RailInputException">It would.</exception>
    public void RequireCredits(IRailScorer scorer, long evaluations, double cost, ParseResult parsed)
    {
        if (Bare(scorer) is not RailApiScorer || parsed.GetValue(_credits) is not { } most || cost <= most) return;
        throw new RailInputException(FormattableString.Invariant($"--max-credits {most}: {evaluations} evaluations may cost {cost:0.##} credits; nothing was sent"));
    }

    private static IRailScorer Bare(IRailScorer scorer) => scorer is CachedScorer cached ? cached.Inner : scorer;

    // Only what is asked for is configured: a fault in the options of another scorer is none.
    private ScorerSettings Settings(string name, ParseResult parsed) => name switch
    {
        RailApiScorer.Name when ServiceSecrets.Find(RailApiOptions.KeyVariable) is { } key => new ScorerSettings { RailApi = Api(key, parsed) },
        JudgeScorer.Name when parsed.GetValue(_judgeUrl) is { } url => new ScorerSettings { Judge = Judge(url, parsed) },
        ClassifierScorer.Name when parsed.GetValue(_classifier) is { } folder => new ScorerSettings { Classifier = new ClassifierOptions(folder) { Device = Device(parsed) } },
        _ => new ScorerSettings(),
    };

    private ComputeDevice Device(ParseResult parsed) => device?.Invoke(parsed) ?? GenerationOptions.ParseDevice(parsed.GetValue(_device)!, 0);

    private RailApiOptions Api(EndpointKey key, ParseResult parsed)
    {
        var limits = Rates(RailApiOptions.Free with { Credits = parsed.GetValue(_credits) }, parsed);
        var options = new RailApiOptions { Key = key, Limits = limits, LongAnswers = parsed.Chosen<LongAnswers>(_long), HedgeAfter = Seconds(parsed.GetValue(_apiHedge)) };
        return parsed.GetValue(_apiUrl) is { } url ? options with { Address = RailApiAddress.Parse(url) } : options;
    }

    private JudgeServer Judge(string url, ParseResult parsed)
    {
        var model = parsed.GetValue(_judgeModel) ?? throw new RailInputException("--judge-url: name the model there with --judge-model M");
        var server = JudgeServer.At(url, model, ServiceSecrets.Find(JudgeServer.KeyVariable));
        return server with
        {
            Options = server.Options with
            {
                Votes = parsed.GetValue(_votes),
                Temperature = parsed.GetValue(_temperature),
                Seed = parsed.GetValue(_seed),
                HedgeMultiple = parsed.GetValue(_judgeHedge),
                Format = JudgeOutputs.Parse(parsed.GetValue(_output)!)!.Value,
                Limits = Rates(server.Options.Limits, parsed),
            },
        };
    }

    /// <summary>A span of seconds; null for none.</summary>
    /// <exception cref="RailInputException">It is none.</exception>
    public static TimeSpan? Seconds(double? seconds) => seconds switch
    {
        null => null,
        > 0 and <= 86_400 => TimeSpan.FromSeconds(seconds.Value),
        _ => throw new RailInputException(FormattableString.Invariant($"a late call is sent again after more than 0 seconds and at most a day, not after {seconds}")),
    };

    private QuotaLimits Rates(QuotaLimits limits, ParseResult parsed)
    {
        foreach (var rate in (Option<int?>[])[_perMinute, _perDay])
        {
            if (parsed.GetValue(rate) < 1) throw new RailInputException($"{rate.Name} {parsed.GetValue(rate)}: is 1 or more");
        }

        return limits with { PerMinute = parsed.GetValue(_perMinute) ?? limits.PerMinute, PerDay = parsed.GetValue(_perDay) ?? limits.PerDay };
    }
}
