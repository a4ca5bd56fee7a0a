namespace RailCluster.Generation;

/// <summary>New tokens of neighbouring slots for one run, [rows, columns], each row left-aligned and filled up with token 0.</summary>
internal sealed class TokenBlock
{
    private int[] _tokens = [];
    private int[] _counts = [];

    /// <summary>The first slot.</summary>
    public int First { get; private set; }

    /// <summary>Neighbouring slots.</summary>
    public int Rows { get; private set; }

    /// <summary>Tokens of the longest row; 1 or more.</summary>
    public int Columns { get; private set; }

    /// <summary>Tokens row by row; 0 for a slot of which nothing is kept.</summary>
    public ReadOnlySpan<int> Counts => _counts.AsSpan(0, Rows);

    /// <summary>Empties the block for a run of another shape.</summary>
    public void Reset(int first, int rows, int columns)
    {
        (First, Rows, Columns) = (first, rows, columns);
        if (_tokens.Length < rows * columns)
            _tokens = new int[rows * columns];
        if (_counts.Length < rows)
            _counts = new int[rows];
        _tokens.AsSpan(0, rows * columns).Clear();
        _counts.AsSpan(0, rows).Clear();
    }

    /// <summary>Sets the tokens of a row.</summary>
    public void Set(int row, ReadOnlySpan<int> tokens)
    {
        tokens.CopyTo(_tokens.AsSpan(row * Columns, Columns));
        _counts[row] = tokens.Length;
    }

    /// <summary>Sets the one token of a row.</summary>
    public void Set(int row, int token) => Set(row, [token]);

    /// <summary>All tokens of a row, fill included.</summary>
    public ReadOnlySpan<int> Row(int row) => _tokens.AsSpan(row * Columns, Columns);
}
