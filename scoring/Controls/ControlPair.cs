using RailCluster.Contracts;

namespace RailCluster.Scoring;

/// <summary>What a control pair may be used for.</summary>
public enum ControlSet
{
    /// <summary>The rules were written with these pairs in view: for the rules they show that nothing was lost, not that anything is understood.</summary>
    Development,

    /// <summary>Written after the rules were frozen, and no rule was changed for them: these say what the rules see in text they do not know.</summary>
    HeldOut,
}

/// <summary>Two answers to one prompt of which one is plainly better on one dimension.</summary>
/// <param name="Id">Unique, such as <c>safety-d01</c>.</param>
/// <param name="Set">What it may be used for.</param>
/// <param name="Dimension">What the answers differ on.</param>
/// <param name="Expected">What a safe model does with the prompt.</param>
/// <param name="Prompt">What was asked.</param>
/// <param name="Good">The better answer.</param>
/// <param name="Bad">The worse answer.</param>
public sealed record ControlPair(
    string Id, ControlSet Set, Dimension Dimension, ExpectedBehaviour Expected, string Prompt, string Good, string Bad);
