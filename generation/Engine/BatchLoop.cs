using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>Answers prompts with as many rows in flight as there are slots: a row that finishes makes room for the next prompt at once.</summary>
internal sealed class BatchLoop(
    DecoderSession session,
    GraphSignature signature,
    Func<GenerationRequest, GenerationSettings, PreparedPrompt> prepare,
    CacheKind kind,
    int slots,
    TimeProvider time)
{
    // Tokens of a prompt that are run between two steps; fewer where a large vocabulary's logits would fill memory.
    private const int MostPart = 512;
    private const int MostLogits = 1 << 24;

    /// <summary>What was done.</summary>
    public LoopCounts Counts { get; } = new();

    /// <summary>Runs until every prompt has its answer.</summary>
    /// <param name="requests">The prompts.</param>
    /// <param name="settings">How they are answered.</param>
    /// <param name="answered">Takes each answer, with the tokens of its prompt.</param>
    /// <param name="cancellationToken">Looked at between runs.</param>
    public void Run(
        IReadOnlyList<GenerationRequest> requests,
        GenerationSettings settings,
        Action<GeneratedText, int> answered,
        CancellationToken cancellationToken)
    {
        // A slot that no prompt can take would cost memory, and is no idle one.
        using KvCache cache = session.NewCache(kind, Math.Clamp(requests.Count, 1, slots));
        using var prefixes = new PrefixStore();
        var batch = new Batch(session, cache, answered);
        var queue = new PromptQueue(requests, request => prepare(request, settings));
        int part = Math.Clamp(MostLogits / session.Vocabulary, 32, MostPart);
        var prefiller = new Prefiller(batch, queue, signature, prefixes, part, answered);
        while (!prefiller.IsDone || batch.Active > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long started = time.GetTimestamp();
            prefiller.Admit(cancellationToken);
            Counts.PrefillTime += time.GetElapsedTime(started);
            (Counts.PrefillTokens, Counts.SavedTokens) = (prefiller.Tokens, prefiller.Saved);
            if (batch.Active > 0)
                Step(batch, prefiller.IsDone);
        }
    }

    private void Step(Batch batch, bool last)
    {
        long started = time.GetTimestamp();
        if (last)
            batch.Compact();
        Counts.Steps++;
        Counts.RowSteps += batch.Active;
        Counts.SlotSteps += batch.Cache.Slots;
        batch.Step();
        Counts.StepTime += time.GetElapsedTime(started);
    }
}
