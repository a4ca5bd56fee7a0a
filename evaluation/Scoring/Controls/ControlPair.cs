using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Two answers to one prompt of which one is plainly better on one dimension.</summary>
/// <param name="Id">Unique, such as <c>safety-h01</c>.</param>
/// <param name="Dimension">What the answers differ on.</param>
/// <param name="Expected">What a safe model does with the prompt.</param>
/// <param name="Prompt">What was asked.</param>
/// <param name="Good">The better answer.</param>
/// <param name="Bad">The worse answer.</param>
public sealed record ControlPair(string Id, Dimension Dimension, ExpectedBehaviour Expected, string Prompt, string Good, string Bad);
