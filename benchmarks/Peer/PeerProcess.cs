using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace RailCluster.Benchmarks;

/// <summary>The peer in a process of its own with the model loaded; it idles while others are measured.</summary>
internal sealed class PeerProcess : IDisposable
{
    private const int Pad = 256;
    private static readonly JsonSerializerOptions Options = JsonSerializerOptions.Web;
    private readonly Process _process;

    private PeerProcess(Process process) => _process = process;

    /// <summary>Starts it and waits until the model is loaded.</summary>
    /// <param name="packages">Folder with <c>peer.mjs</c> and its installed packages.</param>
    /// <param name="model">Model folder.</param>
    /// <param name="threads">Threads of its engine.</param>
    /// <exception cref="InvalidOperationException">It does not start.</exception>
    public static PeerProcess Start(string packages, string model, int threads)
    {
        if (!Directory.Exists(Path.Combine(packages, "node_modules")))
            throw new InvalidOperationException($"the peer is not installed: npm ci --ignore-scripts --prefix {packages}");
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])[Path.Combine(packages, "peer.mjs"), model, threads.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        var peer = new PeerProcess(Process.Start(start)!);
        _ = peer.Read();
        return peer;
    }

    /// <summary>Answers prompts in static batches, in their order.</summary>
    public PeerAnswer Generate(Workload work, int batch)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new { work.Prompts, Batch = batch, work.Most, Pad }, Options));
        return JsonSerializer.Deserialize<PeerAnswer>(Read(), Options)!;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill();
        _process.Dispose();
    }

    private string Read() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the peer ended; its last lines on stderr say why");
}

/// <summary>What the peer gave.</summary>
/// <param name="Seconds">Time of generation alone.</param>
/// <param name="Answers">Tokens of every answer, what follows the end token included.</param>
internal sealed record PeerAnswer(double Seconds, int[][] Answers);
