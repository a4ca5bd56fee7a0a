using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>
/// Brings waiting prompts into free slots: short ones together, long ones in parts, and what several begin with only once. While rows are being
/// answered it runs at most one budget of tokens between two steps, so that they are not kept waiting.
/// </summary>
internal sealed class Prefiller(Batch batch, PromptQueue queue, GraphSignature signature, PrefixStore prefixes, int part, Action<GeneratedText, int> answered)
{
    private readonly TokenBlock _block = new();
    private readonly List<PreparedPrompt> _pending = [];
    private int _first;
    private int _done;

    /// <summary>Tokens run.</summary>
    public long Tokens { get; private set; }

    /// <summary>Tokens whose keys and values were copied instead.</summary>
    public long Saved { get; private set; }

    /// <summary>Whether any prompt is not yet an active row.</summary>
    public bool IsDone => _pending.Count == 0 && queue.Peek() is null;

    /// <summary>Fills free slots as far as the budget reaches.</summary>
    public void Admit(CancellationToken cancellationToken)
    {
        int budget = batch.Active == 0 ? int.MaxValue : part;
        while (budget > 0 && (_pending.Count > 0 || Begin()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            budget -= RunPart();
        }
    }

    private bool Whole => signature.WholePrompts;

    private bool Begin()
    {
        (int first, int free) = batch.Free();
        if (free == 0 || TakeFit() is not { } prompt)
            return false;
        _pending.Add(prompt);
        (_first, _done) = (first, 0);
        if (!Whole && prefixes.Match(prompt.Tokens) is { } known)
        {
            batch.Cache.Restore(first, known.Entries, known.Length);
            _done = known.Length;
            Saved += known.Length;
        }
        else
        {
            Gather(free);
        }

        batch.Take(first, _pending.Count);
        return true;
    }

    private PreparedPrompt? TakeFit()
    {
        while (queue.Take() is { } prompt)
        {
            if (prompt.Refused is not { } refused)
                return prompt;
            answered(refused, 0);
        }

        return null;
    }

    // Padding to the longest of a group costs less than a run of its own only while the group is nearly even.
    private void Gather(int free)
    {
        int longest = _pending[0].Tokens.Length, sum = longest;
        while (batch.Cache.PrefillsTogether && _pending.Count < free && Alone(_pending[^1]) is false && queue.Peek() is { Refused: null } next && !Alone(next))
        {
            int wider = Math.Max(longest, next.Tokens.Length), padded = wider * (_pending.Count + 1);
            bool even = signature.LastLogitsOnly ? next.Tokens.Length == longest : (sum + next.Tokens.Length) * 4 >= padded * 3;
            if (!even || padded > part)
                return;
            _pending.Add(queue.Take()!);
            (longest, sum) = (wider, sum + next.Tokens.Length);
        }
    }

    // What others share is run by itself first, so that they can copy it.
    private bool Alone(PreparedPrompt prompt) => prompt.Tokens.Length > part || (!Whole && prompt.Shared >= PrefixStore.Least);

    private int RunPart()
    {
        int most = _pending.Max(prompt => prompt.Tokens.Length) - _done;
        int columns = Whole ? most : Math.Min(most, part - _done % part);
        _block.Reset(_first, _pending.Count, columns);
        for (int row = 0; row < _pending.Count; row++)
        {
            int[] tokens = _pending[row].Tokens;
            _block.Set(row, tokens.AsSpan(_done, Math.Min(columns, tokens.Length - _done)));
        }

        LogitsBuffer logits = batch.Run(_block);
        _done += columns;
        Tokens += _pending.Sum(prompt => Math.Min(columns, prompt.Tokens.Length));
        if (columns == most)
            Start(logits);
        return columns * _block.Rows;
    }

    private void Start(LogitsBuffer logits)
    {
        for (int row = 0; row < _pending.Count; row++)
        {
            if (!Whole)
                prefixes.Keep(_pending[row], batch.Cache, _first + row);
            batch.Start(_first + row, _pending[row].Row!, logits.Row(row, _block.Counts[row] - 1));
        }

        _pending.Clear();
    }
}
