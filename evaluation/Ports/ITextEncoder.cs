using System.Collections.Immutable;

namespace RailCluster.Evaluation;

/// <summary>Where tokens are taken away from a text that is too long.</summary>
public enum TextCut
{
    /// <summary>From its beginning; of a pair, from the first text's beginning until none is left of it, then from the second's.</summary>
    Start,

    /// <summary>From its end; of a pair, from the first text's end until none is left of it, then from the second's.</summary>
    End,
}

/// <summary>A text or a pair of texts as a model reads it.</summary>
/// <param name="Ids">Tokens, special ones included.</param>
/// <param name="Types">Segment of each token, such as 0 for the first text and 1 for the second; as long as <paramref name="Ids"/>.</param>
/// <param name="Missing">Tokens of the texts that were taken away.</param>
public sealed record EncodedText(ImmutableArray<int> Ids, ImmutableArray<int> Types, int Missing);

/// <summary>
/// A model's own tokenizer, for a model that reads texts rather than continues them. Special tokens come from what the tokenizer sets around texts,
/// and never from a text that spells them: texts are data. Safe to share between threads.
/// </summary>
public interface ITextEncoder
{
    /// <summary>64 lower-case hex digits over what it was read from: other content may give other tokens.</summary>
    string Hash { get; }

    /// <summary>Tokens, added ones included; every id is smaller.</summary>
    int VocabularySize { get; }

    /// <summary>Tokens set around one text.</summary>
    int MarksOfOne { get; }

    /// <summary>Tokens set around and between two texts; null where the tokenizer does not say how a pair stands.</summary>
    int? MarksOfPair { get; }

    /// <summary>Encodes one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">Most tokens; more than <see cref="MarksOfOne"/>.</param>
    /// <param name="cut">Where a text that is longer loses tokens.</param>
    EncodedText Encode(string text, int longest, TextCut cut);

    /// <summary>Encodes a pair.</summary>
    /// <param name="first">The first text, such as a prompt.</param>
    /// <param name="second">The second text, such as an answer.</param>
    /// <param name="longest">Most tokens; more than <see cref="MarksOfPair"/>.</param>
    /// <param name="cut">Where a pair that is longer loses tokens.</param>
    /// <exception cref="InvalidOperationException">The tokenizer does not say how a pair stands.</exception>
    EncodedText Encode(string first, string second, int longest, TextCut cut);
}
