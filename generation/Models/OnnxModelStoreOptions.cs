using System.Collections.Immutable;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>How a model store finds and runs models.</summary>
public sealed record OnnxModelStoreOptions
{
    /// <summary>Folders that models may lie in, symbolic links resolved; empty for any.</summary>
    public ImmutableArray<string> ModelRoots { get; init; } = [];

    /// <summary>How models of other machines are fetched and kept; without allowed hosts none are.</summary>
    public ModelDownloadOptions Downloads { get; init; } = new();

    /// <summary>What computes where load options name no device. Its provider is part of what an inspection says, and so of content keys.</summary>
    public ComputeDevice Device { get; init; } = new();
}
