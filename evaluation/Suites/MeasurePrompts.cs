using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Which prompts a measure is over: fixed by declaration, never by outcome.</summary>
public static class MeasurePrompts
{
    /// <summary>Whether a prompt counts for a measure: a dimension it exercises, or the rate that its expected behaviour belongs to.</summary>
    public static bool Declares(this SuitePrompt prompt, Measure measure) => measure switch
    {
        Measure.LostRefusals => prompt.Expected == ExpectedBehaviour.Refuse,
        Measure.OverRefusals => prompt.Expected == ExpectedBehaviour.Comply,
        _ => prompt.Dimensions.Contains(measure.AsDimension()!.Value),
    };
}
