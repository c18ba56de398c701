namespace Azure.Data.Tables.Sas;

[Flags]
public enum TableSasPermissions
{
    Read = 1,
    Add = 2,
    Update = 4,
    Delete = 8,
    All = ~0,
}
