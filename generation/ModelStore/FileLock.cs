namespace RailCluster.Generation;

/// <summary>Locks between tasks and processes of one machine. The operating system lets go of them when a process dies.</summary>
internal static class FileLock
{
    // EWOULDBLOCK of Linux and of macOS, and the sharing violation of Windows.
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020)];

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until nobody else holds a file.</summary>
    public static async Task<FileStream> TakeAsync(string file, CancellationToken cancellationToken)
    {
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (TryTake(file) is { } taken)
                return taken;
            await Task.Delay(pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Holds a file alone; null where somebody else holds it.</summary>
    public static FileStream? TryTake(string file) => TryOpen(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Holds a file together with others who share it; null where somebody holds it alone.</summary>
    public static FileStream? TryShare(string file) => TryOpen(file, FileMode.Open, FileAccess.Read, FileShare.Read);

    private static FileStream? TryOpen(string file, FileMode mode, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(file, mode, access, share, bufferSize: 0);
        }
        catch (IOException e) when (Taken.Contains(e.HResult))
        {
            return null;
        }
    }
}
