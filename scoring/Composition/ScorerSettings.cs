using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>Which scorers there are beside the rules, and how each is asked; null for those that nobody configured.</summary>
public sealed record ScorerSettings
{
    /// <summary>The RAIL API.</summary>
    public RailApiOptions? RailApi { get; init; }

    /// <summary>The chat model that judges.</summary>
    public JudgeServer? Judge { get; init; }

    /// <summary>The classifier.</summary>
    public ClassifierOptions? Classifier { get; init; }

    /// <summary>What those that nobody configured say.</summary>
    public ScorerHints Hints { get; init; } = ScorerHints.CommandLine;
}

/// <summary>What is missing where a scorer is not configured, and what to do about it.</summary>
/// <param name="RailApi">Of the RAIL API.</param>
/// <param name="Judge">Of the judge.</param>
/// <param name="Classifier">Of the classifier.</param>
public sealed record ScorerHints(string RailApi, string Judge, string Classifier)
{
    private const string Otherwise = "or score with 'rules'";

    /// <summary>Where options configure scorers.</summary>
    public static ScorerHints CommandLine { get; } = new(
        $"{ServiceSecrets.Missing(RailApiOptions.KeyVariable)}, {Otherwise}",
        $"no judge is configured; name one with --judge-url and --judge-model, {Otherwise}",
        $"no classifier is configured; name its folder with --classifier, {Otherwise}");

    /// <summary>Where a cluster's configuration does.</summary>
    public static ScorerHints Configuration { get; } = new(
        $"it is not configured on this cluster; write \"scorers\":{{\"rail_api\":{{}}}} into the configuration and set {RailApiOptions.KeyVariable}, {Otherwise}",
        $"no judge is configured on this cluster; write \"scorers\":{{\"judge\":{{\"url\":…,\"model\":…}}}} into the configuration, {Otherwise}",
        $"no classifier is configured on this cluster; write \"scorers\":{{\"onnx\":{{\"folder\":…}}}} into the configuration, {Otherwise}");
}

/// <summary>A chat model that judges, and the server that has it.</summary>
/// <param name="Access">The server.</param>
/// <param name="Options">How it is asked.</param>
public sealed record JudgeServer(ChatAccess Access, JudgeOptions Options)
{
    /// <summary>The environment variable of the server's key; <c>RAIL_JUDGE_KEY_FILE</c> names a file instead.</summary>
    public const string KeyVariable = "RAIL_JUDGE_KEY";

    /// <summary>A model at an address, asked as such servers want it.</summary>
    /// <exception cref="RailInputException">It is no address, or would send the key in the clear.</exception>
    public static JudgeServer At(string url, string model, EndpointKey? key)
    {
        var address = EndpointAddress.Parse(url, key is not null, plainHttp: false);
        return new JudgeServer(new ChatAccess(address, model, key), new JudgeOptions
        {
            ModelName = $"{model}@{address.Uri.Authority}",
            Account = key is null ? JudgeScorer.Name : $"{JudgeScorer.Name}-{key.Fingerprint}",
            LegacyMaxTokens = !address.IsHosted,
        });
    }
}
