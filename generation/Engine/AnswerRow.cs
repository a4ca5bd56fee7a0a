using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>One prompt being answered: its tokens so far, and when it is finished.</summary>
internal sealed class AnswerRow
{
    private readonly ModelTokenizer _tokenizer;
    private readonly ImmutableSortedSet<int> _eosIds;
    private readonly GenerationSettings _settings;
    private readonly List<int> _sequence;
    private readonly TextStream _text;
    private readonly int _promptTokens;
    private readonly int _limit;
    private readonly LogitRules _rules;

    /// <summary>Creates a row with no answer yet.</summary>
    /// <param name="id">Of the prompt.</param>
    /// <param name="prompt">Its tokens; at least one.</param>
    /// <param name="limit">Most tokens of the answer; at least one.</param>
    /// <param name="settings">How it is answered.</param>
    /// <param name="eosIds">End tokens.</param>
    /// <param name="tokenizer">Gives the text.</param>
    public AnswerRow(string id, int[] prompt, int limit, GenerationSettings settings, ImmutableSortedSet<int> eosIds, ModelTokenizer tokenizer)
    {
        (Id, _settings, _eosIds, _tokenizer, _limit) = (id, settings, eosIds, tokenizer, limit);
        _sequence = [.. prompt];
        _promptTokens = prompt.Length;
        _rules = new LogitRules(settings, eosIds, prompt);
        _text = tokenizer.Stream(skipSpecial: true);
    }

    /// <summary>The prompt's id.</summary>
    public string Id { get; }

    /// <summary>The newest token.</summary>
    public int Newest => _sequence[^1];

    /// <summary>Tokens of the answer so far.</summary>
    public int Generated => _sequence.Count - _promptTokens;

    /// <summary>Tokens of the prompt.</summary>
    public int PromptTokens => _promptTokens;

    /// <summary>Takes the logits after the newest token; may change them in place.</summary>
    /// <returns>The answer, where this token finished it.</returns>
    public GeneratedText? Accept(Span<float> logits, TokenChooser chooser)
    {
        // The greatest is NaN where any is; minus infinity is a model's own way to say never.
        if (!float.IsFinite(logits[TensorPrimitives.IndexOfMax<float>(logits)]))
            return Fail($"the model gave logits that are no numbers after {_sequence.Count} tokens");

        _rules.Apply(logits, CollectionsMarshal.AsSpan(_sequence), Generated);
        int best = TensorPrimitives.IndexOfMax<float>(logits);
        // Of equals the first, and to the search above 0 is more than -0.
        if (logits[best] == 0)
            best = logits.IndexOf(0f);
        double uniform = TokenChooser.IsGreedy(_settings) ? 0 : Draw.Uniform(_settings.Seed, Id, Generated);
        int token = chooser.Choose(logits, best, _settings, uniform);
        if (float.IsNegativeInfinity(logits[token]))
            return Fail($"the settings forbid every token after {_sequence.Count} tokens");
        _rules.Follow(token);
        _sequence.Add(token);
        if (_eosIds.Contains(token))
            return Finish(FinishReason.Eos, stop: null);
        int before = _text.Text.Length;
        _text.Append(token);
        if (FindStop(before) is { } stop)
            return Finish(FinishReason.Stop, stop);
        return Generated >= _limit ? Finish(FinishReason.Length, stop: null) : null;
    }

    // A stop string may begin in earlier tokens, and only ends in the newest. Where whole characters wait for what follows, the
    // answer as it would be now is looked at: a model asked to stop at them must not go on.
    private string? FindStop(int before)
    {
        if (_settings.StopStrings.IsEmpty)
            return null;
        if (_text.Holds)
            return CutAtStop(_tokenizer.Decode(_sequence.Skip(_promptTokens), skipSpecial: true), 0);
        return CutAtStop(_text.Text, before);
    }

    // The text before the first stop string that ends behind a place; null where there is none.
    private string? CutAtStop(ReadOnlySpan<char> text, int before)
    {
        int first = text.Length;
        bool any = false;
        foreach (string stop in _settings.StopStrings)
        {
            int from = Math.Max(0, before - stop.Length + 1);
            int found = text[from..].IndexOf(stop, StringComparison.Ordinal);
            any |= found >= 0;
            first = found >= 0 ? Math.Min(first, from + found) : first;
        }

        return any ? text[..first].ToString() : null;
    }

    private GeneratedText Finish(FinishReason reason, string? stop)
    {
        _text.End();
        string text = stop ?? _text.Text.ToString();
        return new GeneratedText(Id, new GenerationOutcome.Answered(text, reason, _promptTokens, Generated), _sequence[_promptTokens..]);
    }

    private GeneratedText Fail(string error) => new(Id, new GenerationOutcome.Failed(error, Retryable: false), []);
}
