using System.Diagnostics;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>
/// Answers prompts with as many rows in flight as there are slots: a row that finishes makes room for the next prompt at once.
/// Prompts are prefilled one by one, without padding; steps run all rows together.
/// </summary>
internal sealed class BatchLoop(
    DecoderSession session,
    GraphSignature signature,
    Func<GenerationRequest, GenerationSettings, PreparedPrompt> prepare,
    int slots,
    bool exact)
{
    /// <summary>Steps run.</summary>
    public long Steps { get; private set; }

    /// <summary>Rows in flight, summed over steps.</summary>
    public long RowSteps { get; private set; }

    /// <summary>Runs until every prompt has its answer.</summary>
    /// <param name="requests">The prompts.</param>
    /// <param name="settings">How they are answered.</param>
    /// <param name="answered">Takes each answer, with the tokens of its prompt.</param>
    /// <param name="cancellationToken">Looked at between steps.</param>
    public void Run(
        IReadOnlyList<GenerationRequest> requests,
        GenerationSettings settings,
        Action<GeneratedText, int> answered,
        CancellationToken cancellationToken)
    {
        using var cache = new KvCache(signature, slots, exact);
        var rows = new List<AnswerRow>(slots);
        int next = 0;
        while (next < requests.Count || rows.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (rows.Count < slots && next < requests.Count)
            {
                if (Admit(prepare(requests[next++], settings), cache, answered, cancellationToken) is { } row)
                    rows.Add(row);
            }

            if (rows.Count > 0)
                Step(rows, cache, answered);
        }
    }

    private AnswerRow? Admit(PreparedPrompt prompt, KvCache cache, Action<GeneratedText, int> answered, CancellationToken cancellationToken)
    {
        if (prompt.Refused is { } refused)
        {
            answered(refused, 0);
            return null;
        }

        AnswerRow row = prompt.Row ?? throw new UnreachableException();
        float[] logits = session.Prefill(prompt.Tokens, cache, cancellationToken);
        if (row.Accept(logits) is not { } answer)
            return row;
        cache.Remove(cache.Rows - 1);
        answered(answer, row.PromptTokens);
        return null;
    }

    private void Step(List<AnswerRow> rows, KvCache cache, Action<GeneratedText, int> answered)
    {
        Span<int> tokens = rows.Count <= 256 ? stackalloc int[rows.Count] : new int[rows.Count];
        for (int row = 0; row < rows.Count; row++)
            tokens[row] = rows[row].Newest;
        Span<float> logits = session.Step(tokens, cache).Span;
        Steps++;
        RowSteps += rows.Count;
        // From the last, so that the row that takes a finished one's place has been looked at.
        for (int row = rows.Count - 1; row >= 0; row--)
        {
            if (rows[row].Accept(logits.Slice(row * session.Vocabulary, session.Vocabulary)) is not { } answer)
                continue;
            answered(answer, rows[row].PromptTokens);
            cache.Remove(row);
            rows[row] = rows[^1];
            rows.RemoveAt(rows.Count - 1);
        }
    }
}

/// <summary>A prompt ready to be run, or the outcome that it already has.</summary>
internal sealed record PreparedPrompt(int[] Tokens, AnswerRow? Row, GeneratedText? Refused);
