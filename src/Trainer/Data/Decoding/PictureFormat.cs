namespace Granary.Trainer.Data.Decoding;

/// <summary>The formats of picture files; the numbers are those of native/pictures/pictures.h.</summary>
internal enum PictureFormat
{
    /// <summary>Neither of the others.</summary>
    Unknown = 0,

    /// <summary>ITU-T T.81, as libjpeg-turbo reads it.</summary>
    Jpeg = 1,

    /// <summary>ISO/IEC 15948, as libpng reads it.</summary>
    Png = 2,
}
