using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>Waiting prompts in the order of the request, made into tokens a window at a time, each knowing what it shares with others of its window.</summary>
internal sealed class PromptQueue(IReadOnlyList<GenerationRequest> requests, Func<GenerationRequest, PreparedPrompt> prepare)
{
    // Wide enough to see what prompts share; narrow enough that the first of very many does not wait for the last.
    private const int Window = 1024;

    private readonly Queue<PreparedPrompt> _ready = new();
    private int _next;

    /// <summary>The next prompt; null where none waits.</summary>
    public PreparedPrompt? Peek()
    {
        if (_ready.Count == 0 && _next < requests.Count)
            Fill();
        return _ready.TryPeek(out PreparedPrompt? prompt) ? prompt : null;
    }

    /// <summary>Takes the next prompt off; null where none waits.</summary>
    public PreparedPrompt? Take() => Peek() is null ? null : _ready.Dequeue();

    private void Fill()
    {
        int count = Math.Min(Window, requests.Count - _next);
        var window = new PreparedPrompt[count];
        for (int i = 0; i < count; i++)
            _ready.Enqueue(window[i] = prepare(requests[_next++]));
        FindShared(window);
    }

    // In sorted order the prompt that shares most stands beside.
    private static void FindShared(PreparedPrompt[] window)
    {
        PreparedPrompt[] sorted = [.. window];
        Array.Sort(sorted, (a, b) => a.Tokens.AsSpan().SequenceCompareTo(b.Tokens));
        for (int i = 1; i < sorted.Length; i++)
        {
            int shared = sorted[i - 1].Tokens.AsSpan().CommonPrefixLength(sorted[i].Tokens);
            sorted[i - 1].Shared = Math.Max(sorted[i - 1].Shared, shared);
            sorted[i].Shared = shared;
        }
    }
}
