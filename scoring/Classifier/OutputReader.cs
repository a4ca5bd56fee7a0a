using System.Collections.Immutable;
using System.Globalization;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>Turns a row of a classifier's outputs into outcomes. What is not a number, or outside its range, is a failure and never a score.</summary>
internal sealed class OutputReader(ClassifierMapping mapping, ImmutableArray<string> labels, ClassifierCounts counts)
{
    // Below what a neighbour in the batch, or another order of additions, may move.
    private const int Digits = 3;

    private readonly string _judged = string.Join(", ", mapping.Dimensions.Keys.Select(dimension => dimension.Key()));

    /// <summary>The outcome on one dimension.</summary>
    public ScoreOutcome Outcome(Dimension dimension, ReadOnlySpan<float> outputs, bool explain)
    {
        if (!mapping.Dimensions.TryGetValue(dimension, out var output)) return NotJudged(dimension);
        var value = Value(output.Indices, outputs);
        if (!double.IsFinite(value))
        {
            counts.NotANumber();
            return new ScoreOutcome.Failed($"the classifier's {Named(output.Indices)} for {dimension.Key()} is not a number", Retryable: false);
        }

        var (from, to) = output.Range ?? (0, 1);
        if ((value < from || value > to) && !output.Clamps)
        {
            counts.OutOfRange();
            var said = string.Create(CultureInfo.InvariantCulture, $"is {value:0.###}, outside {from} to {to}");
            return new ScoreOutcome.Failed($"the classifier's {Named(output.Indices)} for {dimension.Key()} {said}: correct its range in {MappingFile.Name}", Retryable: false);
        }

        var share = Math.Clamp((value - from) / (to - from), 0, 1);
        var raw = Math.Clamp(Round(output.Low + ((output.High - output.Low) * share)), 0, 10);
        var scored = ScoreOutcome.Scored.Of(raw, Round(output.Confidence.Constant ?? Math.Abs((2 * share) - 1)));
        return explain ? scored with { Explanation = Explanation(output.Indices, value) } : scored;
    }

    /// <summary>Whether the answer declines; null where the classifier does not tell.</summary>
    public bool? Refused(ReadOnlySpan<float> outputs)
    {
        if (mapping.Refused is not { } refused) return null;
        var value = Value(refused.Indices, outputs);
        if (double.IsFinite(value)) return value > refused.Threshold;
        counts.NotANumber();
        return null;
    }

    /// <summary>A result: another time the classifier does not judge it either.</summary>
    public ScoreOutcome NotJudged(Dimension dimension) => new ScoreOutcome.Unscorable($"this classifier does not judge {dimension.Key()}; it judges {_judged}");

    private double Value(ImmutableArray<int> indices, ReadOnlySpan<float> outputs) => mapping.Kind switch
    {
        OutputKind.Softmax => Share(indices, outputs),
        // An infinite logit is a fault of the model, though its sigmoid would be a number.
        OutputKind.Sigmoid => float.IsFinite(outputs[indices[0]]) ? 1 / (1 + Math.Exp(-(double)outputs[indices[0]])) : double.NaN,
        _ => outputs[indices[0]],
    };

    private static double Share(ImmutableArray<int> indices, ReadOnlySpan<float> outputs)
    {
        var most = double.NegativeInfinity;
        foreach (var logit in outputs)
        {
            if (!float.IsFinite(logit)) return double.NaN;
            most = Math.Max(most, logit);
        }

        var (all, chosen) = (0.0, 0.0);
        for (var i = 0; i < outputs.Length; i++)
        {
            var weight = Math.Exp(outputs[i] - most);
            all += weight;
            if (indices.Contains(i)) chosen += weight;
        }

        return Math.Min(1, chosen / all);
    }

    private string Explanation(ImmutableArray<int> indices, double value)
    {
        var kind = mapping.Kind == OutputKind.Linear ? "" : $"{(mapping.Kind == OutputKind.Softmax ? "softmax" : "sigmoid")} of ";
        return string.Create(CultureInfo.InvariantCulture, $"{kind}{Named(indices)} is {value:0.000}");
    }

    private string Named(ImmutableArray<int> indices)
    {
        var names = indices.Select(index => index < labels.Length ? $"{index} ({SafeText.Line(labels[index], 60)})" : $"{index}");
        return $"output {string.Join(" and ", names)}";
    }

    private static double Round(double value) => Math.Round(value, Digits, MidpointRounding.AwayFromZero);
}
