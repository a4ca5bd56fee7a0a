using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>A classifier's parts, checked against each other.</summary>
/// <param name="Mapping">What its outputs mean.</param>
/// <param name="Input">What it reads.</param>
/// <param name="Graph">The loaded graph; whoever takes the parts disposes of it.</param>
/// <param name="Labels">Names of its outputs.</param>
/// <param name="Alone">Why answers are read one at a time; null where they are not.</param>
internal sealed record ClassifierParts(ClassifierMapping Mapping, ClassifierInput Input, ClassifierGraph Graph, ImmutableArray<string> Labels, string? Alone)
{
    private static readonly string[] Tried = ["Yes.", "No, that is not so. Ask somebody who knows.", "It opens at eight, closes at six, and on Sundays it stays closed all day long; call before you come."];

    /// <summary>Loads a folder and tries it out.</summary>
    /// <exception cref="RailInputException">The parts do not fit; every fault that can be seen at a time is named.</exception>
    public static ClassifierParts Load(ClassifierFolder folder, ClassifierOptions options, ITextEncoder encoder)
    {
        var source = Path.Combine(options.Folder, MappingFile.Name);
        var mapping = MappingFile.Read(folder.Mapping, source, folder.Config.Labels);
        var input = new ClassifierInput(mapping, folder.Config, encoder, source);
        var session = DeviceSession.Load(folder.Graph, options.Device, options.Threads);
        try
        {
            var graph = new ClassifierGraph(session, mapping.Output, folder.Config.Padding, folder.Graph);
            var (reason, outputs) = Probe(graph, input, folder.Graph);
            Check(mapping, folder.Config.Labels, outputs, source);
            return new ClassifierParts(mapping, input, graph, folder.Config.Labels, mapping.OneAtATime ? "the mapping says so (\"rows\": \"one\")" : reason);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static (string? Reason, int Outputs) Probe(ClassifierGraph graph, ClassifierInput input, string source)
    {
        try
        {
            return RowProbe.Run(graph, [.. input.Samples("When does the clinic open?", Tried)]);
        }
        catch (Exception fault) when (fault is OnnxRuntimeException or OnnxRuntimeShapeException)
        {
            throw new RailInputException($"{source}: fails on a short text ({SafeText.Line(fault.Message, 300)}): export it again, with the tokenizer that it was trained with", fault);
        }
    }

    private static void Check(ClassifierMapping mapping, ImmutableArray<string> labels, int outputs, string source)
    {
        var errors = new InputErrors();
        foreach (var index in mapping.Indices.Where(index => index >= outputs).Distinct())
            errors.Add($"{source}: output {index} is named, and the classifier has {outputs}, counted from 0");
        if (labels.Length > 0 && labels.Length != outputs)
            errors.Add($"{source}: {ClassifierConfig.Name} has {labels.Length} labels (id2label), and the classifier {outputs} outputs: they belong to two classifiers");
        if (mapping.Kind == OutputKind.Softmax && outputs < 2)
            errors.Add($"{source}: kind: a softmax over one output is always 1: it is \"sigmoid\" or \"linear\"");
        foreach (var (dimension, output) in mapping.Dimensions.Where(pair => mapping.Kind == OutputKind.Softmax && pair.Value.Indices.Length == outputs))
            errors.Add($"{source}: dimensions.{Contracts.Dimensions.Key(dimension)}: sums all {output.Indices.Length} outputs, which is always 1");
        errors.Throw();
    }
}
