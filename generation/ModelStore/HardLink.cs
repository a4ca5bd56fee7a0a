using System.Runtime.InteropServices;

namespace RailCluster.Generation;

/// <summary>A second name for a file's content.</summary>
internal static partial class HardLink
{
    /// <summary>Gives <paramref name="file"/> another name; there is nothing of that name yet.</summary>
    /// <exception cref="IOException">The file system has no hard links, or cannot make one more.</exception>
    public static void Create(string name, string file)
    {
        bool made = OperatingSystem.IsWindows() ? CreateHardLink(name, file, 0) : Link(file, name) == 0;
        if (!made)
            throw new IOException($"{name} cannot be linked ({Marshal.GetLastPInvokeErrorMessage()}): put the model cache on a file system with hard links");
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string oldPath, string newPath);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string fileName, string existingFileName, nint securityAttributes);
}
