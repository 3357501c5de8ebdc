using System.Runtime.InteropServices;

namespace Granary.Trainer.Data.Decoding;

/// <summary>What a picture file is and how large; <c>gp_shape</c> of native/pictures/pictures.h.</summary>
/// <param name="Format">The file's format.</param>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct PictureShape(PictureFormat Format, int Width, int Height);
