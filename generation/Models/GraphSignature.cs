using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace RailCluster.Generation;

/// <summary>How a graph keeps the keys and values of what went before.</summary>
internal enum CacheKind
{
    /// <summary>Appended to a past that may hold masked positions: rows share a padded past.</summary>
    Padded,

    /// <summary>Written by GroupQueryAttention into the buffer it was read from: each row has a slot.</summary>
    Shared,

    /// <summary>Appended to a past in which no position may be masked: one row at a time.</summary>
    OneRow,
}

/// <summary>What a decoder graph asks for and gives.</summary>
internal sealed record GraphSignature
{
    /// <summary>The names of the graph's parts.</summary>
    public required GraphNames Names { get; init; }

    /// <summary>Of tokens, mask and positions.</summary>
    public required TensorElementType TokenType { get; init; }

    /// <summary>Whether positions are fed.</summary>
    public required bool HasPositions { get; init; }

    /// <summary>Whether the graph has a branch for the first run and one for the others.</summary>
    public required bool HasCacheBranch { get; init; }

    /// <summary>Whether a prompt must be run in one piece: in parts, or behind a copied beginning, the graph would compute other numbers.</summary>
    public required bool WholePrompts { get; init; }

    /// <summary>The input that says how many logits are wanted; null where all are given.</summary>
    public required GraphValue? LogitsToKeep { get; init; }

    /// <summary>Whether a run gives the logits of each row's last column alone.</summary>
    public required bool LastLogitsOnly { get; init; }

    /// <summary>Of the logits.</summary>
    public required TensorElementType LogitsType { get; init; }

    /// <summary>Decoder layers with a cache.</summary>
    public required int Layers { get; init; }

    /// <summary>The shape of every cache tensor.</summary>
    public required KvLayout Cache { get; init; }

    /// <summary>Cache inputs, layer by layer.</summary>
    public required ImmutableArray<string> PastNames { get; init; }

    /// <summary>Cache outputs, in the order of <see cref="PastNames"/>.</summary>
    public required ImmutableArray<string> PresentNames { get; init; }

    /// <summary>Tokens that the logits rank; null where the graph leaves it free.</summary>
    public required int? Vocabulary { get; init; }

    /// <summary>Most positions that the model knows, and that a graph's own tables may reach; null where nothing says.</summary>
    public int? Context { get; init; }

    /// <summary>How the cache is kept.</summary>
    public required CacheKind Kind { get; init; }

    /// <summary>Why prompts are answered one at a time; null where they share steps.</summary>
    public required string? OneRowReason { get; init; }
}
