using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>One prompt being answered: its tokens so far, and when it is finished.</summary>
internal sealed class AnswerRow
{
    private readonly ModelTokenizer _tokenizer;
    private readonly ImmutableSortedSet<int> _eosIds;
    private readonly GenerationSettings _settings;
    private readonly byte[][] _stops;
    private readonly List<int> _sequence;
    private readonly List<byte> _text = [];
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
        _stops = [.. settings.StopStrings.Select(Encoding.UTF8.GetBytes)];
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
        double uniform = TokenChooser.IsGreedy(_settings) ? 0 : Draw.Uniform(_settings.Seed, Id, Generated);
        int token = chooser.Choose(logits, best, _settings, uniform);
        if (float.IsNegativeInfinity(logits[token]))
            return Fail($"the settings forbid every token after {_sequence.Count} tokens");
        _rules.Follow(token);
        _sequence.Add(token);
        if (_eosIds.Contains(token))
            return Finish(FinishReason.Eos, _text.Count);
        int before = _text.Count;
        if (!_tokenizer.IsSpecial(token))
            _text.AddRange(_tokenizer.Bytes(token));
        if (FindStop(before) is { } stop)
            return Finish(FinishReason.Stop, stop);
        return Generated >= _limit ? Finish(FinishReason.Length, _text.Count) : null;
    }

    // A stop string may begin in earlier tokens, and only ends in the newest.
    private int? FindStop(int before)
    {
        int? first = null;
        ReadOnlySpan<byte> text = CollectionsMarshal.AsSpan(_text);
        foreach (byte[] stop in _stops)
        {
            int from = Math.Max(0, before - stop.Length + 1);
            int found = text[from..].IndexOf(stop);
            if (found >= 0 && (first is null || from + found < first))
                first = from + found;
        }

        return first;
    }

    private GeneratedText Finish(FinishReason reason, int textBytes)
    {
        string text = Encoding.UTF8.GetString([.. _text.Take(textBytes)]);
        return new GeneratedText(Id, new GenerationOutcome.Answered(text, reason, _promptTokens, Generated), _sequence[_promptTokens..]);
    }

    private GeneratedText Fail(string error) => new(Id, new GenerationOutcome.Failed(error, Retryable: false), []);
}
