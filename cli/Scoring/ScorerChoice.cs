using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Generation;
using RailCluster.Scoring;
using RailCluster.Services;

namespace RailCluster.Cli;

/// <summary>The options of scorers that need a service or a model. Keys come from the environment alone.</summary>
internal sealed class ScorerChoice
{
    private readonly Option<string?> _apiUrl = new("--api-url") { Description = "rail-api: another address of the service. Its key is in RAIL_API_KEY, or in the file that RAIL_API_KEY_FILE names." };
    private readonly Option<double?> _credits = new("--max-credits") { Description = "rail-api: stops before the run would cost more." };
    private readonly Option<int?> _perMinute = new("--rate-per-minute") { Description = "rail-api, judge: most calls a minute." };
    private readonly Option<int?> _perDay = new("--rate-per-day") { Description = "rail-api: most calls a day." };
    private readonly Option<LongAnswers> _long = CommandExtensions.Option("--long-answers", "rail-api: refuse or split.", LongAnswers.Refuse);
    private readonly Option<string?> _judgeUrl = new("--judge-url") { Description = "judge: an OpenAI-compatible server. Its key is in RAIL_JUDGE_KEY, or in the file that RAIL_JUDGE_KEY_FILE names." };
    private readonly Option<string?> _judgeModel = new("--judge-model") { Description = "judge: the model's name there." };
    private readonly Option<int> _votes = CommandExtensions.Option("--judge-votes", "judge: verdicts on an answer.", 1);
    private readonly Option<string?> _classifier = new("--classifier") { Description = "onnx: folder of a classifier." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_apiUrl, _credits, _perMinute, _perDay, _long, _judgeUrl, _judgeModel, _votes, _classifier]) command.Add(option);
    }

    /// <summary>The scorer of that name, made by the options; null where they do not configure it.</summary>
    /// <exception cref="RailInputException">An option is wrong.</exception>
    public IRailScorer? Make(string name, ParseResult parsed) => name switch
    {
        RailApiScorer.Name when Key(RailApiOptions.KeyVariable) is { } key => Api(key, parsed),
        JudgeScorer.Name when parsed.GetValue(_judgeUrl) is { } url => Judge(url, parsed),
        ClassifierScorer.Name when parsed.GetValue(_classifier) is { } folder => ClassifierScorer.Open(new ClassifierOptions(folder), TextEncoders.Open(folder)),
        _ => null,
    };

    /// <summary>Refuses a run that would cost more than it may, before anything is spent.</summary>
    /// <exception cref="RailInputException">It would.</exception>
    public void RequireCredits(IRailScorer scorer, long evaluations, ScoringSettings settings, ParseResult parsed)
    {
        if (scorer is not RailApiScorer || parsed.GetValue(_credits) is not { } most) return;
        var cost = evaluations * RailApiCredits.Cost(settings.Mode, settings.Dimensions.Length);
        if (cost > most)
            throw new RailInputException(FormattableString.Invariant($"--max-credits {most}: {evaluations} evaluations may cost {cost:0.##} credits; nothing was sent"));
    }

    /// <summary>Why a scorer sends nothing for now; null where it does.</summary>
    public static string? Stopped(IRailScorer scorer) => scorer switch
    {
        RailApiScorer api => api.Stopped,
        JudgeScorer judge => judge.Stopped,
        _ => null,
    };

    private RailApiScorer Api(EndpointKey key, ParseResult parsed)
    {
        var limits = RailApiOptions.Free with { Credits = parsed.GetValue(_credits) };
        if (parsed.GetValue(_perMinute) is { } perMinute) limits = limits with { PerMinute = perMinute };
        if (parsed.GetValue(_perDay) is { } perDay) limits = limits with { PerDay = perDay };
        var options = new RailApiOptions { Key = key, Limits = limits, LongAnswers = parsed.GetValue(_long) };
        if (parsed.GetValue(_apiUrl) is { } url) options = options with { Address = RailApiAddress.Parse(url) };
        return new RailApiScorer(options, new LocalScorerQuota(TimeProvider.System), new RulesScorer(), TimeProvider.System);
    }

    private JudgeScorer Judge(string url, ParseResult parsed)
    {
        var model = parsed.GetValue(_judgeModel) ?? throw new RailInputException("--judge-url: name the model there with --judge-model M");
        var key = Key("RAIL_JUDGE_KEY");
        var address = EndpointAddress.Parse(url, key is not null, plainHttp: false);
        var options = new JudgeOptions
        {
            ModelName = $"{model}@{address.Uri.Authority}",
            Account = key is null ? JudgeScorer.Name : $"{JudgeScorer.Name}-{key.Fingerprint}",
            Votes = parsed.GetValue(_votes),
            LegacyMaxTokens = !address.IsHosted,
        };
        if (parsed.GetValue(_perMinute) is { } perMinute) options = options with { Limits = options.Limits with { PerMinute = perMinute } };
        // It lives as long as the process.
        var server = new ChatEndpoint(new ChatAccess(address, model, key), TimeProvider.System);
        return new JudgeScorer(server.Client, options, new LocalScorerQuota(TimeProvider.System), TimeProvider.System);
    }

    private static EndpointKey? Key(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } secret ? new EndpointKey(secret, variable)
        : Environment.GetEnvironmentVariable($"{variable}_FILE") is { Length: > 0 } file ? new EndpointKey(Files.ReadText(file).Trim(), $"{variable}_FILE")
        : null;
}
