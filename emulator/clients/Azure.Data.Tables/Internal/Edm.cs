namespace Azure.Data.Tables.Internal;

/// <summary>The types that JSON cannot tell apart by itself and so carry an <c>@odata.type</c> annotation.</summary>
internal static class Edm
{
    public const string Binary = "Edm.Binary";
    public const string Boolean = "Edm.Boolean";
    public const string DateTime = "Edm.DateTime";
    public const string Double = "Edm.Double";
    public const string Guid = "Edm.Guid";
    public const string Int32 = "Edm.Int32";
    public const string Int64 = "Edm.Int64";
    public const string String = "Edm.String";
}
