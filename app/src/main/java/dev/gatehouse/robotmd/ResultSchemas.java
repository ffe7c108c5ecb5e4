package dev.gatehouse.robotmd;

import dev.gatehouse.json.Json;
import dev.gatehouse.json.MalformedJsonException;
import tools.jackson.databind.node.ObjectNode;

/** What the reading tools answer, as JSON Schema 2020-12 (robot-md.md 4.1, 8.6). Later versions may add keys. */
final class ResultSchemas {
    private ResultSchemas() {}

    static ObjectNode validate() {
        return schema("""
                {
                  "ok": {"type": "boolean", "description": "True exactly when there are no errors."},
                  "summary": {"type": "string"},
                  "errors": {"type": "array", "items": {"type": "string"}},
                  "warnings": {"type": "array", "items": {"type": "string"}}
                }""");
    }

    static ObjectNode render() {
        return schema("""
                {
                  "yaml": {"type": "string"}
                }""");
    }

    static ObjectNode doctorSummary() {
        return schema("""
                {
                  "schema_ok": {"type": "boolean"},
                  "schema_errors": {"type": "array", "items": {"type": "string"}},
                  "robot_name": {"type": ["string", "null"]},
                  "rrn": {"type": ["string", "null"]},
                  "registered": {"type": "boolean"},
                  "dof": {"type": "number"},
                  "capabilities_count": {"type": "integer"},
                  "drivers": {"type": "array", "items": {"type": "object"}},
                  "hitl_gates": {
                    "type": "array",
                    "items": {
                      "type": "object",
                      "properties": {
                        "scope": {"type": "string"},
                        "require_auth": {"type": "boolean", "description": "As it is enforced; missing means true."}
                      },
                      "required": ["scope", "require_auth"]
                    }
                  },
                  "estop": {"type": ["object", "null"]},
                  "notes": {"type": "array", "items": {"type": "string"}},
                  "warnings": {"type": "array", "items": {"type": "string"}},
                  "gates_undeclared_auth": {"type": "array", "items": {"type": "string"}},
                  "actuation": {
                    "type": "object",
                    "properties": {
                      "enabled": {"type": "boolean"},
                      "reasons": {"type": "array", "items": {"type": "string"}}
                    },
                    "required": ["enabled", "reasons"]
                  },
                  "estop_state": {
                    "type": "object",
                    "properties": {
                      "latched": {"type": ["boolean", "null"], "description": "Null where no robot is open."},
                      "since": {"type": ["string", "null"]}
                    },
                    "required": ["latched", "since"]
                  }
                }""");
    }

    /** An object with these members, all of them required. */
    private static ObjectNode schema(String properties) {
        try {
            var members = Json.read(properties);
            var schema = Json.object().put("type", "object");
            schema.set("properties", members);
            schema.set("required", Json.tree(members.propertyNames()));
            return schema;
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("a schema of ours is no JSON", e);
        }
    }
}
