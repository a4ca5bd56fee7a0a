namespace RailCluster.Generation;

/// <summary>The shape of one run of a graph, for whoever measures it.</summary>
/// <param name="Rows">Neighbouring slots.</param>
/// <param name="Columns">New tokens a row.</param>
/// <param name="Width">Columns of the attention mask.</param>
/// <param name="Past">Positions of the cache inputs.</param>
/// <param name="Present">Positions of the cache outputs.</param>
/// <param name="Shared">Whether outputs and inputs are the same memory.</param>
internal readonly record struct RunShape(int Rows, int Columns, int Width, int Past, int Present, bool Shared);

/// <summary>Is told of every run: its shape, and how many entries each row sees with its new tokens.</summary>
internal delegate void RunWatch(RunShape shape, ReadOnlySpan<int> seen);
