using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Generation;

/// <summary>Proves that an endpoint serves the model by its name and answers within a limit, and finds out whether it repeats itself.</summary>
internal sealed class EndpointCanaries(EndpointAsker asker, EndpointGeneratorOptions options, EndpointProfile profile)
{
    private const string Question = "Hello, how are you?";
    private const int AnswerTokens = 16;
    private const int MostNames = 5;

    /// <summary>Runs them; a failure never throws, cancelling and a server that answers nobody do.</summary>
    public async Task<CanaryReport> RunAsync(GenerationSettings settings, CancellationToken cancellationToken)
    {
        Canary served = Served();
        if (!served.Passed)
            return new CanaryReport([served]);
        GenerationSettings small = settings with { MaxNewTokens = AnswerTokens, MinNewTokens = Math.Min(settings.MinNewTokens, AnswerTokens) };
        var request = new GenerationRequest("canary", new PromptInput.Text(Question));
        (GenerationOutcome first, WireAnswer? wire) = await asker.AskAsync(request, small, 0, null, cancellationToken).ConfigureAwait(false);
        Canary answer = Answer(first, wire);
        if (!answer.Passed)
            return new CanaryReport([served, answer]);
        (GenerationOutcome second, _) = await asker.AskAsync(request, small, 0, null, cancellationToken).ConfigureAwait(false);
        return new CanaryReport([served, answer, Repeatable(first, second, settings), Identity()]);
    }

    private Canary Served()
    {
        const string name = "served";
        if (profile.Names is not { } names)
            return new Canary(name, true, "the server has no list of models; its answers decide");
        if (names.Contains(options.ModelName, StringComparer.Ordinal))
            return new Canary(name, true, $"the server lists {Shown(options.ModelName)}{(profile.OwnedBy is { } owner ? $", owned by {owner}" : "")}");
        // Azure lists what could be deployed, under other names than deployments have.
        if (options.Address.IsAzure)
            return new Canary(name, true, "Azure's list does not name deployments; its answers decide");
        string others = names.IsEmpty ? "none" : string.Join(", ", names.Take(MostNames).Select(Shown)) + (names.Length > MostNames ? $" and {names.Length - MostNames} more" : "");
        return new Canary(name, false, $"the server does not serve '{Shown(options.ModelName)}'; it lists {others}: correct the model's name");
    }

    private static Canary Answer(GenerationOutcome outcome, WireAnswer? wire)
    {
        const string name = "answer";
        return outcome switch
        {
            GenerationOutcome.Answered answered => new Canary(
                name,
                true,
                $"{(answered.OutputTokens > 0 ? $"{answered.OutputTokens} tokens" : "a number of tokens that the server does not tell")}, "
                + $"ended by {answered.Finish.ToString().ToLowerInvariant()}, by the server's word from {wire?.Model ?? "a model without a name"}"
                + (wire?.SystemFingerprint is { } fingerprint ? $" ({fingerprint})" : "")),
            GenerationOutcome.Unanswerable unanswerable => new Canary(name, false, unanswerable.Reason),
            GenerationOutcome.Failed failed => new Canary(name, false, failed.Error),
            _ => new Canary(name, false, "the server gave no answer"),
        };
    }

    // A server that does not repeat itself can be evaluated; whoever reads the results must know.
    private Canary Repeatable(GenerationOutcome first, GenerationOutcome second, GenerationSettings settings)
    {
        const string name = "repeatable";
        string asked = settings.Temperature == 0 ? "greedy requests" : "requests with one seed";
        if (second is not GenerationOutcome.Answered again)
            return new Canary(name, true, $"the second of two equal {asked} was not answered: nothing is known");
        if (again.Text == ((GenerationOutcome.Answered)first).Text)
            return new Canary(name, true, $"two equal {asked} had the same answer");
        asker.Varies();
        return new Canary(name, true, $"two equal {asked} had different answers: results vary from run to run, and no request is raced");
    }

    private static Canary Identity() => new(
        "identity", true, "not proved: the fingerprint is a hash of the address, the model's name and the server's word, not of weights");

    private string Shown(string text) => ErrorBody.Shown(text, 100, options.Key);
}
