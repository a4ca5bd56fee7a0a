using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>The rows being answered, each in a slot of the cache. One caller at a time.</summary>
internal sealed class Batch(DecoderSession session, KvCache cache, Action<GeneratedText, int> answered)
{
    private readonly AnswerRow?[] _rows = new AnswerRow?[cache.Slots];
    private readonly bool[] _taken = new bool[cache.Slots];
    private readonly TokenChooser _chooser = new();
    private readonly TokenBlock _block = new();

    /// <summary>Rows that a step gives a token.</summary>
    public int Active { get; private set; }

    /// <summary>Keys and values.</summary>
    public KvCache Cache => cache;

    /// <summary>The first stretch of free slots; its length is 0 where all are taken.</summary>
    public (int First, int Length) Free()
    {
        int first = Array.IndexOf(_taken, false);
        if (first < 0)
            return (0, 0);
        int end = Array.IndexOf(_taken, true, first);
        return (first, (end < 0 ? _taken.Length : end) - first);
    }

    /// <summary>Takes slots for prompts that are about to be run.</summary>
    public void Take(int first, int count) => Array.Fill(_taken, true, first, count);

    /// <summary>Runs new tokens of slots that are no active rows yet.</summary>
    public LogitsBuffer Run(TokenBlock block) => session.Run(cache, block);

    /// <summary>Gives a row that has been prefilled its first token; it is active from then on, unless that token finished it.</summary>
    public void Start(int slot, AnswerRow row, Span<float> logits)
    {
        _rows[slot] = row;
        Active++;
        Accept(slot, row, logits);
    }

    /// <summary>Gives every active row one more token.</summary>
    public void Step()
    {
        int rows = cache.StepsAllSlots ? cache.Slots : Array.FindLastIndex(_rows, row => row is not null) + 1;
        _block.Reset(0, rows, 1);
        for (int slot = 0; slot < rows; slot++)
        {
            if (_rows[slot] is { } row)
                _block.Set(slot, row.Newest);
        }

        LogitsBuffer logits = session.Run(cache, _block);
        for (int slot = 0; slot < rows; slot++)
        {
            if (_rows[slot] is { } row)
                Accept(slot, row, logits.Row(slot, 0));
        }
    }

    /// <summary>Moves rows to the front, so that steps are as small as they can be: worth it only once no prompt waits for the holes.</summary>
    public void Compact()
    {
        for (int hole = Array.IndexOf(_taken, false); hole >= 0 && hole < Active; hole = Array.IndexOf(_taken, false))
        {
            int last = Array.FindLastIndex(_rows, row => row is not null);
            if (last < hole)
                return;
            cache.Move(last, hole);
            (_rows[hole], _rows[last]) = (_rows[last], null);
            (_taken[hole], _taken[last]) = (true, false);
        }
    }

    private void Accept(int slot, AnswerRow row, Span<float> logits)
    {
        if (row.Accept(logits, _chooser) is not { } answer)
            return;
        answered(answer, row.PromptTokens);
        _rows[slot] = null;
        _taken[slot] = false;
        Active--;
        cache.Free(slot);
    }
}
