namespace RailCluster.Training;

/// <summary>How long and how fast one stage trains. The rate warms up and, where asked, falls along a cosine.</summary>
public sealed record StageSettings(string Name, int Steps, int BatchSize, double LearningRate)
{
    public int WarmupSteps { get; init; } = 20;

    /// <summary>Share of the rate that is left at the last step; 1 keeps it constant.</summary>
    public double FinalShare { get; init; } = 0.05;

    /// <summary>The rate at a step counted from 0.</summary>
    public double RateAt(int step)
    {
        if (step < WarmupSteps)
            return LearningRate * (step + 1) / WarmupSteps;
        var progress = (double)(step - WarmupSteps) / Math.Max(1, Steps - WarmupSteps);
        return LearningRate * (FinalShare + ((1 - FinalShare) * (1 + Math.Cos(Math.PI * progress)) / 2));
    }
}
