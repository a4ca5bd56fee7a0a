using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Marks one needed symbol version of an ELF64 library as weak. Compiled by the build, not part of the program.</summary>
public class WeakGlibcxx : Task
{
    private const uint VersionNeeds = 0x6ffffffe;
    private const ushort WeakFlag = 2;

    [Required]
    public ITaskItem[] Libraries { get; set; }

    [Required]
    public string VersionName { get; set; }

    public override bool Execute()
    {
        if (!IsMissingHere())
            return true;
        foreach (var item in Libraries)
            Weaken(item.ItemSpec);
        return !Log.HasLoggedErrors;
    }

    private bool IsMissingHere()
    {
        var folders = new[] { "/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib" };
        var found = folders.Select(f => Path.Combine(f, "libstdc++.so.6")).FirstOrDefault(File.Exists);
        return found != null && IndexOf(File.ReadAllBytes(found), Encoding.ASCII.GetBytes(VersionName + "\0")) < 0;
    }

    private void Weaken(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var flags = FindFlags(bytes);
        if (flags < 0 || (BitConverter.ToUInt16(bytes, flags) & WeakFlag) != 0)
            return;
        bytes[flags] |= (byte)WeakFlag;
        // A new file moved into place: the old one may be a hard link into the package folder.
        var temporary = path + ".weak";
        File.Copy(path, temporary, true);
        var written = File.GetLastWriteTimeUtc(path);
        File.WriteAllBytes(temporary, bytes);
        File.SetLastWriteTimeUtc(temporary, written);
        File.Delete(path);
        File.Move(temporary, path);
        Log.LogMessage(MessageImportance.High, "{0}: {1} is now a weak requirement", path, VersionName);
    }

    /// <summary>Offset of vna_flags of the wanted version, or -1.</summary>
    private int FindFlags(byte[] elf)
    {
        if (elf.Length < 64 || elf[0] != 0x7f || elf[1] != 'E' || elf[4] != 2 || elf[5] != 1)
            return -1;
        var table = (int)BitConverter.ToInt64(elf, 0x28);
        int size = BitConverter.ToUInt16(elf, 0x3a), count = BitConverter.ToUInt16(elf, 0x3c);
        for (var i = 0; i < count; i++)
        {
            var header = table + (i * size);
            if (BitConverter.ToUInt32(elf, header + 4) == VersionNeeds)
                return FindFlags(elf, header, table + ((int)BitConverter.ToUInt32(elf, header + 0x28) * size));
        }
        return -1;
    }

    private int FindFlags(byte[] elf, int needs, int strings)
    {
        var names = (int)BitConverter.ToInt64(elf, strings + 0x18);
        var entry = (int)BitConverter.ToInt64(elf, needs + 0x18);
        while (true)
        {
            var aux = entry + (int)BitConverter.ToUInt32(elf, entry + 8);
            for (var left = BitConverter.ToUInt16(elf, entry + 2); left > 0; left--)
            {
                if (NameAt(elf, names + (int)BitConverter.ToUInt32(elf, aux + 8)) == VersionName)
                    return aux + 4;
                aux += (int)BitConverter.ToUInt32(elf, aux + 12);
            }
            var next = (int)BitConverter.ToUInt32(elf, entry + 12);
            if (next == 0)
                return -1;
            entry += next;
        }
    }

    private static string NameAt(byte[] elf, int offset)
    {
        var end = Array.IndexOf(elf, (byte)0, offset);
        return Encoding.ASCII.GetString(elf, offset, end - offset);
    }

    private static int IndexOf(byte[] text, byte[] wanted)
    {
        for (var i = 0; i + wanted.Length <= text.Length; i++)
        {
            var j = 0;
            while (j < wanted.Length && text[i + j] == wanted[j])
                j++;
            if (j == wanted.Length)
                return i;
        }
        return -1;
    }
}
