using System.Diagnostics;
using System.Globalization;

namespace RailCluster.Cli;

/// <summary>One line that counts up on a terminal; nothing in a pipe.</summary>
internal sealed class ProgressLine(Terminal terminal, string what, int total) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _since = Stopwatch.StartNew();
    private TimeSpan _shown = -Every;
    private int _done;

    public void Step()
    {
        _done++;
        if (!terminal.Interactive || (_since.Elapsed - _shown < Every && _done < total)) return;
        _shown = _since.Elapsed;
        var rate = _done / Math.Max(_since.Elapsed.TotalSeconds, 0.001);
        terminal.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{what} {_done}/{total} ({rate:0}/s) "));
    }

    public void Dispose()
    {
        if (terminal.Interactive && _done > 0) terminal.Error.Write("\r" + new string(' ', what.Length + 40) + "\r");
    }
}
