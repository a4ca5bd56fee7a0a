using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Generation;

/// <summary>Everything that <c>rail model inspect</c> shows of a folder.</summary>
public sealed record ModelDescription
{
    /// <summary>Fingerprint, engine, layout and size.</summary>
    public required ModelInspection Inspection { get; init; }

    /// <summary>The files that the engine reads, relative to the folder; the fingerprint is over these.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>Such as <c>llama</c>; empty where config.json names none.</summary>
    public required string ModelType { get; init; }

    /// <summary>The graph's inputs.</summary>
    public required ImmutableArray<GraphValue> Inputs { get; init; }

    /// <summary>The graph's outputs.</summary>
    public required ImmutableArray<GraphValue> Outputs { get; init; }

    /// <summary>Decoder layers with a KV cache.</summary>
    public required int Layers { get; init; }

    /// <summary>Key and value heads a layer.</summary>
    public required int KvHeads { get; init; }

    /// <summary>Numbers a head.</summary>
    public required int HeadDim { get; init; }

    /// <summary>Tokens that the model knows, as its logits rank them.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Most tokens of prompt and answer together; null where config.json names none.</summary>
    public required int? ContextLength { get; init; }

    /// <summary>How prompts are batched: <c>rows</c> and how their keys and values are kept, or <c>one at a time</c> and why.</summary>
    public required string Batching { get; init; }

    /// <summary>Which logits a run gives.</summary>
    public required string Logits { get; init; }

    /// <summary>Such as <c>byte-level BPE</c>.</summary>
    public required string TokenizerKind { get; init; }

    /// <summary>Tokens of the tokenizer, added ones included.</summary>
    public required int TokenizerVocabulary { get; init; }

    /// <summary>Where the chat template comes from; or that there is none and prompts go in as text with special tokens.</summary>
    public required string Template { get; init; }

    /// <summary>End tokens.</summary>
    public required ImmutableArray<int> EosIds { get; init; }

    /// <summary>Inputs that an adapter may set; empty for a graph that takes none.</summary>
    public required ImmutableArray<GraphValue> AdapterInputs { get; init; }

    /// <summary>The adapter that it was loaded under; null for the model alone.</summary>
    public AdapterDescription? Adapter { get; init; }

    /// <summary>What the canaries showed.</summary>
    public required CanaryReport Canaries { get; init; }
}

/// <summary>What an adapter file holds.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Hash">SHA-256 of the file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Parameters">The tensors that it sets.</param>
public sealed record AdapterDescription(string Path, string Hash, long Bytes, ImmutableArray<GraphValue> Parameters);
