namespace Azure.Data.Tables.Models;

/// <summary>Builds models that only the service returns, for tests.</summary>
public static class TableModelFactory
{
    public static TableItem TableItem(string name = null!, string odataType = null!, string odataId = null!, string odataEditLink = null!) =>
        new(name);
}
