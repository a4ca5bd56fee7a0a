using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace RailCluster.Generation;

/// <summary>Tokens, mask and positions of a run, in memory that is used again and again.</summary>
internal sealed class StepInputs(GraphSignature signature) : IDisposable
{
    private readonly IntegerInput _ids = new(signature.Names.InputIds, signature.TokenType);
    private readonly IntegerInput _mask = new(signature.Names.AttentionMask, signature.TokenType);
    private readonly IntegerInput _positions = new(signature.Names.PositionIds, signature.TokenType);
    private readonly NativeBuffer _flag = new(1);
    private readonly NativeBuffer _keep = new(sizeof(long));
    private OrtValue? _flagValue;
    private OrtValue? _keepValue;

    /// <summary>Binds them for a run of these tokens behind what the cache holds.</summary>
    public void Bind(OrtIoBinding io, KvCache cache, TokenBlock block, KvBinding binding)
    {
        _ids.Reshape(block.Rows, block.Columns);
        _mask.Reshape(block.Rows, binding.Width);
        _positions.Reshape(block.Rows, block.Columns);
        bool hasPast = false;
        for (int row = 0; row < block.Rows; row++)
        {
            int length = cache.Length(block.First + row);
            // A slot without a row sees its fill, since attention over nothing is no number.
            int seen = Math.Max(block.Counts[row], 1);
            hasPast |= length > 0;
            _ids.Set(row, block.Row(row));
            _positions.Count(row, from: length);
            _mask.Ones(row, 0, length);
            _mask.Ones(row, binding.NewAt ?? length, seen);
        }

        _ids.Bind(io);
        _mask.Bind(io);
        if (signature.HasPositions)
            _positions.Bind(io);
        if (signature.LogitsToKeep is not null)
            io.BindInput(signature.Names.LogitsToKeep, _keepValue ??= Keep());
        if (signature.HasCacheBranch)
            BindBranch(io, hasPast);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _flagValue?.Dispose();
        _keepValue?.Dispose();
        _flag.Dispose();
        _keep.Dispose();
        _ids.Dispose();
        _mask.Dispose();
        _positions.Dispose();
    }

    private void BindBranch(OrtIoBinding io, bool hasPast)
    {
        _flag.Slice(0, 1)[0] = hasPast ? (byte)1 : (byte)0;
        io.BindInput(signature.Names.UseCacheBranch, _flagValue ??= _flag.View(TensorElementType.Bool, [1]));
    }

    // Exports differ in whether the number is a scalar.
    private OrtValue Keep()
    {
        GraphValue keep = signature.LogitsToKeep!;
        _keep.Slice(0, 1)[0] = 1;
        return _keep.View(ElementTypes.Find(keep.Type)!.Value, keep.Shape.Length == 0 ? [] : [1]);
    }
}
