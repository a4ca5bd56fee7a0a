using System.Buffers;
using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>A loaded graph of a classifier. One call at a time.</summary>
internal sealed class ClassifierGraph : IDisposable
{
    private static readonly ImmutableArray<string> Supported = ["input_ids", "attention_mask", "token_type_ids", "position_ids"];

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly string[] _inputs;
    private readonly bool[] _wide;
    private readonly string _output;
    private readonly int _padding;

    /// <summary>Takes over a session.</summary>
    /// <param name="session">Disposed of with this.</param>
    /// <param name="output">The output that is read.</param>
    /// <param name="padding">The token of padding.</param>
    /// <param name="source">What the graph is called in errors.</param>
    /// <exception cref="RailInputException">The graph is no classifier of texts, or lacks the output; every fault is named.</exception>
    public ClassifierGraph(InferenceSession session, string output, int padding, string source)
    {
        var errors = new InputErrors();
        foreach (var (name, input) in session.InputMetadata) Check(name, input, $"{source}: its input {name}", errors);
        if (!session.InputMetadata.ContainsKey(Supported[0])) errors.Add($"{source}: has no input {Supported[0]}: it is no classifier of texts");
        if (!session.OutputMetadata.TryGetValue(output, out var found))
            errors.Add($"{source}: has no output {output}; it has {string.Join(", ", session.OutputMetadata.Keys)}: name one as \"output\"");
        else if (found.ElementDataType is not (TensorElementType.Float or TensorElementType.Float16) || found.Dimensions.Length != 2)
            errors.Add($"{source}: its output {output} is {found.ElementDataType} of {found.Dimensions.Length} dimensions, not fp32 or fp16 of [answers, classes]");
        errors.Throw();
        (_session, _output, _padding) = (session, output, padding);
        _inputs = [.. session.InputMetadata.Keys];
        _wide = [.. _inputs.Select(name => session.InputMetadata[name].ElementDataType == TensorElementType.Int64)];
        var rows = session.InputMetadata.Values.Select(input => input.Dimensions[0]).Max();
        TakesOneRow = rows == 1;
        IsHalf = found!.ElementDataType == TensorElementType.Float16;
    }

    /// <summary>Whether the graph takes batches of 1 alone.</summary>
    public bool TakesOneRow { get; }

    /// <summary>Whether its outputs are of half precision.</summary>
    public bool IsHalf { get; }

    /// <summary>Logits of every row.</summary>
    /// <param name="rows">Texts, none longer than <paramref name="width"/>.</param>
    /// <param name="width">Tokens that each is padded to.</param>
    /// <exception cref="OnnxRuntimeException">The runtime failed.</exception>
    public float[][] Run(IReadOnlyList<EncodedText> rows, int width)
    {
        var values = new List<OrtValue>(_inputs.Length);
        var rented = new List<long[]>(_inputs.Length);
        try
        {
            for (var i = 0; i < _inputs.Length; i++)
            {
                var numbers = ArrayPool<long>.Shared.Rent(rows.Count * width);
                rented.Add(numbers);
                Fill(_inputs[i], rows, width, numbers);
                values.Add(Value(numbers, rows.Count, width, _wide[i]));
            }

            using var outputs = _session.Run(_options, _inputs, values, [_output]);
            return Read(outputs[0], rows.Count);
        }
        finally
        {
            foreach (var value in values) value.Dispose();
            foreach (var numbers in rented) ArrayPool<long>.Shared.Return(numbers);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _options.Dispose();
        _session.Dispose();
    }

    private static void Check(string name, NodeMetadata input, string source, InputErrors errors)
    {
        if (!Supported.Contains(name)) errors.Add($"{source} is not supported; supported are {string.Join(", ", Supported)}");
        else if (input.ElementDataType is not (TensorElementType.Int64 or TensorElementType.Int32)) errors.Add($"{source} is {input.ElementDataType}, not int64 or int32");
        else if (input.Dimensions.Length != 2) errors.Add($"{source} is not [answers, tokens]");
        else if (input.Dimensions[1] > 0) errors.Add($"{source} has a fixed number of tokens, {input.Dimensions[1]}: export it with a free one");
        else if (input.Dimensions[0] > 1) errors.Add($"{source} takes batches of {input.Dimensions[0]}: export it with a free batch size");
    }

    private void Fill(string input, IReadOnlyList<EncodedText> rows, int width, Span<long> numbers)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            var target = numbers.Slice(row * width, width);
            var length = rows[row].Ids.Length;
            target[length..].Fill(input == "input_ids" ? _padding : 0);
            switch (input)
            {
                case "attention_mask":
                    target[..length].Fill(1);
                    break;
                case "position_ids":
                    for (var i = 0; i < length; i++) target[i] = i;
                    break;
                default:
                    var source = (input == "input_ids" ? rows[row].Ids : rows[row].Types).AsSpan();
                    for (var i = 0; i < length; i++) target[i] = source[i];
                    break;
            }
        }
    }

    private static OrtValue Value(long[] numbers, int rows, int width, bool wide)
    {
        long[] shape = [rows, width];
        if (wide) return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, numbers.AsMemory(0, rows * width), shape);
        return OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(numbers[..(rows * width)], number => (int)number), shape);
    }

    private float[][] Read(OrtValue output, int rows)
    {
        var shape = output.GetTensorTypeAndShape().Shape;
        if (shape.Length != 2 || shape[0] != rows || shape[1] < 1)
            throw new OnnxRuntimeShapeException($"the output {_output} came as [{string.Join(", ", shape)}] for {rows} answers");
        var classes = (int)shape[1];
        var read = new float[rows][];
        for (var row = 0; row < rows; row++)
        {
            read[row] = new float[classes];
            if (!IsHalf) output.GetTensorDataAsSpan<float>().Slice(row * classes, classes).CopyTo(read[row]);
            else Widen(output.GetTensorDataAsSpan<Float16>().Slice(row * classes, classes), read[row]);
        }

        return read;
    }

    private static void Widen(ReadOnlySpan<Float16> half, Span<float> single)
    {
        for (var i = 0; i < half.Length; i++) single[i] = half[i].ToFloat();
    }
}

/// <summary>A graph gave an output of another shape than it was asked for.</summary>
internal sealed class OnnxRuntimeShapeException(string message) : Exception(message);
