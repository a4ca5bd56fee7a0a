using System.Diagnostics;
using RailCluster.Generation;

namespace RailCluster.Benchmarks;

/// <summary>Loads and unloads a model again and again: what stays resident.</summary>
internal static class MemoryFigure
{
    private const int Loads = 30;
    private const int Settled = 3;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Setting setting)
    {
        var resident = new double[Loads];
        Workload work = Workload.Uniform(8, 32, 8, seed: 1);
        // Compiled code and threads come once a process, with any model: a small one brings them before the count begins.
        string small = RandomLlama.WriteOnce(Path.GetDirectoryName(setting.Model)!, setting.Kind, millions: 1);
        for (int load = 0; load < Loads; load++)
            await UseAsync(small, setting, work);
        for (int load = 0; load < Loads; load++)
        {
            await UseAsync(setting.Model, setting, work);
            resident[load] = Resident();
            if (load < Settled || (load + 1) % 5 == 0)
                setting.Progress(FormattableString.Invariant($"memory, {setting.Kind}: {resident[load]:0} MB after {load + 1} unloads"));
        }

        double size = new FileInfo(setting.Graph).Length / 1e6;
        double most = resident[Settled..].Max();
        return
        [
            new Figure(
                "resident memory, 30 loads to 3rd", setting.Kind, most / resident[Settled - 1], setting.Target(1.1),
                FormattableString.Invariant($"{size:0} MB model; {resident[0]:0} MB after the first unload, {resident[Settled - 1]:0} the third, {most:0} at most later"), AtMost: true),
        ];
    }

    private static async Task UseAsync(string model, Setting setting, Workload work)
    {
        await using OnnxTextGenerator generator = await EngineRun.LoadAsync(model, 16, setting.Threads);
        await EngineRun.OfAsync(generator, work);
    }

    private static double Resident()
    {
        // What the collector merely keeps for later is no leak.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64 / 1e6;
    }
}
