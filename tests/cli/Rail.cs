namespace RailCluster.Cli.Tests;

/// <summary>What one call of the program gave.</summary>
internal sealed record Called(int Code, string Out, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Calls the program in this process, in a folder of its own.</summary>
public abstract class RailTest : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("rail-cli-").FullName;

    /// <summary>The committed checkpoints and their suite.</summary>
    protected static string Demo { get; } = Checkout.At("demo");

    protected static string Model(string name) => Path.Combine(Demo, "models", name);

    protected string At(params string[] parts) => Path.Combine([Folder, .. parts]);

    protected string Write(string name, params string[] lines)
    {
        var file = At(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, string.Join('\n', lines) + "\n");
        return file;
    }

    internal static async Task<Called> RailAsync(params string[] arguments) => await RailAsync("", arguments);

    internal static async Task<Called> RailAsync(string input, string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await RailProgram.RunAsync(arguments, new Terminal(new StringReader(input), output, error, Interactive: false));
        return new Called(code, output.ToString(), error.ToString());
    }

    /// <summary>A user's mistake: exit code 2, one line, no data, nothing left behind.</summary>
    internal async Task RefusesAsync(string expected, params string[] arguments)
    {
        var before = Entries();
        var called = await RailAsync(arguments);
        Assert.Equal(2, called.Code);
        var line = Assert.Single(called.ErrorLines);
        Assert.StartsWith("rail: ", line);
        Assert.Contains(expected, line);
        Assert.Empty(called.Out);
        Assert.Equal(before, Entries());
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private string[] Entries() => [.. Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Order()];
}
